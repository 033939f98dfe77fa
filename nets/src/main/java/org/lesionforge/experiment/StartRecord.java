package org.lesionforge.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.lesionforge.classifier.EarlierProbe;
import org.lesionforge.experiment.arm.HeldOutReals;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.ExternalRecord;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;
import org.lesionforge.training.ComputedKey;

/** The record of a run's first start in {@code config.json}, which a resuming start must match. */
final class StartRecord {
    private static final String DATASET = "dataset";
    private static final String GAN_RUN = "gan_run";

    /**
     * Where weights were found decides nothing: their checksums do. What was trained is the same whether it is accepted or not. A run may continue
     * on another device, and in another precision where that is asked for.
     */
    private static final Set<String> FREE = Set.of(
            "accept_bad_generator",
            "weights_file",
            "metric_weights_file",
            "classifiers",
            ExternalRecord.KEY,
            GAN_RUN,
            ComputedKey.NAME);

    /** What a run may be given more of, and what is computed from finished classifiers. */
    private static final Set<String> FREE_OPTIONS = Set.of("arms", "seeds", "ensemble");

    private static final String OPTIONS = "options";
    private static final String MATCH = "match_acquisition";
    private static final String GENERATORS = "generators";
    /** The place of the generator's options while there was one family. */
    private static final String OLD_GENERATOR = "gan";

    /** What means nothing to a classifier whose last layer alone is trained. */
    private static final List<String> FROZEN = List.of(
            "epochs", "batch", "micro_batch", "learning_rate", "auxiliary_weight", "flips", "rotation", "selection");

    private StartRecord() {}

    /**
     * Compares this start with the first, and puts in {@code now} what only the first one named.
     *
     * @param now the configuration of this start
     * @throws UnusableInputException when they differ, with both values of everything that does
     */
    static void require(JsonNode now, Path file) {
        JsonNode before = ofToday(Json.readTree(file));
        requireSameHeldOut(before, now, file);
        mergeGenerators(before, now);
        keepFrozen(before, now);
        keepEarlierProbe(before, now);
        List<String> differences = new ArrayList<>();
        addDifferences("", counting(before), counting(now), differences);
        if (!differences.isEmpty()) {
            throw new UnusableInputException(file.getParent() + " was started with other options (see " + file + "): "
                    + String.join("; ", differences)
                    + "; leave them out, for what is not given is taken from there (arms and seeds may differ), or name"
                    + " a new folder with --out");
        }
        requireNoMoreOfEarlierProbe(before, now, file);
        ExternalRecord.merge(before, now, file);
        requireSameGan(before, now, file);
    }

    /** What some arms add of real images all others were trained without. */
    private static void requireSameHeldOut(JsonNode before, JsonNode now, Path file) {
        int then = heldOut(before);
        int today = heldOut(now);
        if (then != today) {
            throw new UnusableInputException("the arms in " + file.getParent() + " were trained with " + then
                    + " real images held out for an arm real:N, now " + today
                    + " would be, and what is trained already could not be compared; keep the arm of the largest N as it"
                    + " is (" + (then == 0 ? "none" : "real:" + then) + "), or name a new folder with --out");
        }
    }

    private static int heldOut(JsonNode config) {
        List<Arm> arms = new ArrayList<>();
        for (String word : words(config.path(OPTIONS).path("arms"))) {
            if (Arm.isOne(word)) {
                arms.add(Arm.of(word));
            }
        }
        return HeldOutReals.count(arms);
    }

    /** A record of any version in the form that this one writes. */
    private static JsonNode ofToday(JsonNode config) {
        JsonNode today = config.deepCopy();
        if (today.get(OPTIONS) instanceof ObjectNode options && options.has(OLD_GENERATOR)) {
            JsonNode generator = options.remove(OLD_GENERATOR);
            options.putObject(GENERATORS).set(ArmSource.OLD_FAMILY, generator);
        }
        // Runs from before there was this option added images as they were drawn.
        if (today.get(OPTIONS) instanceof ObjectNode options && !options.has(MATCH)) {
            options.put(MATCH, false);
        }
        return today;
    }

    /** Arms may be of other families than at the first start: options of families that only one start names are in both. */
    private static void mergeGenerators(JsonNode before, JsonNode now) {
        if (before.path(OPTIONS).get(GENERATORS) instanceof ObjectNode first
                && now.path(OPTIONS).get(GENERATORS) instanceof ObjectNode second) {
            ObjectNode known = first.deepCopy();
            putMissing(second, first);
            putMissing(known, second);
        }
    }

    private static void putMissing(ObjectNode from, ObjectNode to) {
        for (Map.Entry<String, JsonNode> each : from.properties()) {
            if (!to.has(each.getKey())) {
                to.set(each.getKey(), each.getValue());
            }
        }
    }

    /**
     * Where the last layer alone is trained, what means nothing to it stays as it was written; so does that an earlier version trained it
     * otherwise: the run may be finished with what it has, and {@link Experiment} trains nothing more in it.
     */
    private static void keepFrozen(JsonNode before, JsonNode now) {
        JsonNode then = before.path(OPTIONS).path("classifier");
        if (then.path("freeze").asBoolean()
                && now.path(OPTIONS).path("classifier") instanceof ObjectNode classifier
                && classifier.path("freeze").asBoolean()) {
            FROZEN.forEach(key -> keep(key, then, classifier));
            keep("budget", before.path(OPTIONS), (ObjectNode) now.path(OPTIONS));
        }
    }

    private static void keep(String key, JsonNode before, ObjectNode now) {
        if (before.has(key)) {
            now.set(key, before.get(key));
        } else {
            now.remove(key);
        }
    }

    /** That version 0.1 trained it otherwise stays as it was written, too. */
    private static void keepEarlierProbe(JsonNode before, JsonNode now) {
        JsonNode classifier = before.path(OPTIONS).path("classifier");
        if (classifier.path("freeze").asBoolean()
                && !classifier.has("probe")
                && now.path(OPTIONS).path("classifier") instanceof ObjectNode today) {
            today.remove("probe");
        }
    }

    /** Before the record is changed. What is missing of the arms and seeds that it has is found where they are trained. */
    private static void requireNoMoreOfEarlierProbe(JsonNode before, JsonNode now, Path file) {
        JsonNode classifier = before.path(OPTIONS).path("classifier");
        if (!classifier.path("freeze").asBoolean() || classifier.has("probe")) {
            return;
        }
        for (String key : FREE_OPTIONS) {
            List<String> more = words(now.path(OPTIONS).path(key));
            more.removeAll(words(before.path(OPTIONS).path(key)));
            if (!more.isEmpty()) {
                throw EarlierProbe.refusal(
                        Objects.requireNonNull(file.getParent()), "with the " + key + " " + String.join(", ", more));
            }
        }
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(each -> words.add(each.isTextual() ? Arm.currentWord(each.asText()) : each.asText()));
        return words;
    }

    private static JsonNode counting(JsonNode config) {
        JsonNode copy = config.deepCopy();
        if (copy instanceof ObjectNode whole) {
            whole.remove(FREE);
            if (whole.get(OPTIONS) instanceof ObjectNode options) {
                options.remove(FREE_OPTIONS);
            }
        }
        return copy;
    }

    private static void addDifferences(String key, JsonNode before, JsonNode now, List<String> differences) {
        if (before.isObject() && now.isObject()) {
            Set<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            now.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                addDifferences(key.isEmpty() ? name : key + "." + name, before.path(name), now.path(name), differences);
            }
        } else if (!before.toString().equals(now.toString())
                && !(key.equals(DATASET) && isSameDataset(Path.of(before.asText()), Path.of(now.asText())))) {
            differences.add(key + " is " + shown(before) + " there and " + shown(now) + " now");
        }
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "not there" : value.isNull() ? "none" : value.toString();
    }

    /**
     * Whether two paths lead to one data set: to the same folder, or to copies of it; where the first has gone, the second may be where it is
     * now. That the split is the same is asked anyway.
     */
    private static boolean isSameDataset(Path before, Path now) {
        Path first = before.resolve("dataset.json");
        if (!Files.exists(first)) {
            return true;
        }
        try {
            Path second = now.resolve("dataset.json");
            return Files.exists(second) && (Files.isSameFile(first, second) || Files.mismatch(first, second) == -1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compare the data sets " + before + " and " + now, e);
        }
    }

    /** GANs that were taken over are the same as before, and stay when they are not named again; arms that are added may bring more. */
    private static void requireSameGan(JsonNode before, JsonNode now, Path file) {
        if (!(now instanceof ObjectNode config) || !before.hasNonNull(GAN_RUN)) {
            return;
        }
        List<String> first = oneOrAll(before.get(GAN_RUN));
        List<String> second = oneOrAll(config.path(GAN_RUN));
        if (second.isEmpty()) {
            config.set(GAN_RUN, before.get(GAN_RUN));
        } else if (!absolute(second).containsAll(absolute(first))) {
            throw new UnusableInputException(file.getParent() + " was started with the GAN in "
                    + String.join(", ", first) + ", now --gan names " + String.join(", ", second)
                    + "; leave it out, or name a new folder with --out");
        }
    }

    /** The texts of an entry that is one, or a list where there are several. */
    private static List<String> oneOrAll(JsonNode entry) {
        List<String> texts = new ArrayList<>();
        (entry.isArray() ? entry : List.of(entry)).forEach(each -> texts.add(each.asText()));
        texts.removeIf(String::isEmpty);
        return texts;
    }

    private static List<Path> absolute(List<String> paths) {
        return paths.stream().map(StartRecord::absolute).toList();
    }

    private static Path absolute(String path) {
        Path absolute = Path.of(path).toAbsolutePath().normalize();
        try {
            return Files.exists(absolute) ? absolute.toRealPath() : absolute;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + absolute, e);
        }
    }
}
