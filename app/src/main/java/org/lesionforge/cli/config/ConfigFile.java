package org.lesionforge.cli.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.io.UnusableInputException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A file of settings: YAML 1.2, of which JSON is a part. Only plain values are read, never objects of other types, and
 * aliases of collections are refused.
 */
public final class ConfigFile {
    /** Far larger than all options of all commands. */
    private static final long LARGEST_BYTES = 1_000_000;

    private static final Set<Tag> SCALARS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

    private final Path file;
    private final List<Setting> settings = new ArrayList<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private ConfigFile(Path file) {
        this.file = file;
    }

    /**
     * Its settings in their order; those that are null are left out.
     *
     * @throws UnusableInputException when it cannot be read, is not one YAML mapping with texts for keys, has a key
     *     twice, an alias of a collection or a custom type
     */
    public static List<Setting> read(Path file) {
        ConfigFile config = new ConfigFile(file);
        try {
            config.addMapping(List.of(), config.root(text(file)));
        } catch (StackOverflowError e) {
            throw new UnusableInputException(file + " is nested too deeply for a file of settings", e);
        }
        return RecordedRecipe.named(RecordedWeights.named(config.settings));
    }

    private static String text(Path file) {
        if (Files.isDirectory(file)) {
            throw new UnusableInputException(
                    file + " is a folder; --config takes a YAML file, or the config.json in the folder of a run");
        }
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new UnusableInputException(file + " has " + Files.size(file) + " bytes; a file of settings has at"
                        + " most " + LARGEST_BYTES);
            }
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnusableInputException(file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new UnusableInputException(
                    Files.exists(file) ? file + " cannot be read: " + e.getMessage() : "there is no file " + file, e);
        }
    }

    private MappingNode root(String text) {
        LoadSettings yaml = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setAllowNonScalarKeys(true)
                .build();
        List<Node> documents = new ArrayList<>();
        try {
            new Compose(yaml).composeAllFromString(text).forEach(documents::add);
        } catch (MarkedYamlEngineException e) {
            throw unusable(e.getProblemMark().or(e::getContextMark), "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new UnusableInputException(file + " is not YAML: " + e.getMessage(), e);
        }
        if (documents.isEmpty()) {
            throw new UnusableInputException(file + " holds no settings; leave --config out to have none");
        }
        if (documents.size() > 1) {
            throw unusable(documents.get(1).getStartMark(), "a second document begins; settings are one");
        }
        if (documents.get(0) instanceof MappingNode mapping) {
            return mapping;
        }
        throw unusable(documents.get(0).getStartMark(), "settings are lines of KEY: VALUE, or a JSON object");
    }

    private void addMapping(List<String> path, MappingNode mapping) {
        requireOwn(mapping, Tag.MAP);
        Set<String> keys = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            Node keyNode = entry.getKeyNode();
            if (!(keyNode instanceof ScalarNode key)) {
                throw unusable(keyNode.getStartMark(), "a key is a word, not a list or an object");
            }
            if (!keys.add(key.getValue())) {
                throw unusable(keyNode.getStartMark(), "the key '" + key.getValue() + "' comes twice");
            }
            List<String> inner = new ArrayList<>(path);
            inner.add(key.getValue());
            add(inner, entry.getValueNode(), line(keyNode.getStartMark()));
        }
    }

    private void add(List<String> path, Node value, int line) {
        if (value instanceof MappingNode mapping) {
            addMapping(path, mapping);
        } else if (value instanceof SequenceNode sequence) {
            requireOwn(sequence, Tag.SEQ);
            List<String> values = sequence.getValue().stream()
                    .map(element -> scalar(element)
                            .orElseThrow(() -> unusable(
                                    element.getStartMark(),
                                    String.join(".", path) + " has an element without a value")))
                    .toList();
            settings.add(new Setting(path, values, true, line));
        } else {
            scalar(value).ifPresent(text -> settings.add(new Setting(path, List.of(text), false, line)));
        }
    }

    /** The text of a value as written; empty for null. */
    private Optional<String> scalar(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            throw unusable(node.getStartMark(), "an element of a list is a number or a text, not a list or an object");
        }
        if (!SCALARS.contains(node.getTag())) {
            throw unusable(node.getStartMark(), "values are numbers and texts, not " + node.getTag());
        }
        return node.getTag().equals(Tag.NULL) ? Optional.empty() : Optional.of(scalar.getValue());
    }

    private void requireOwn(CollectionNode<?> node, Tag tag) {
        if (!node.getTag().equals(tag)) {
            throw unusable(node.getStartMark(), "values are numbers, texts and lists of them, not " + node.getTag());
        }
        if (!seen.add(node)) {
            throw unusable(
                    node.getStartMark(), "this list or object is used again by an alias (*); write it out instead");
        }
    }

    private UnusableInputException unusable(Optional<Mark> where, String problem) {
        return new UnusableInputException(file + ", line " + line(where) + ": " + problem);
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }
}
