package org.lesionforge.bench.fuzz.mutation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Mutations that keep a document JSON, or nearly: keys missing, null, of another type, or duplicated; numbers beyond
 * all types.
 */
public final class JsonMutations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEP = 3000;
    private static final List<String> STRINGS =
            List.of("", " ", "NaN", "\u0000", "a\nb", "../../x", "/", "\u202E", "true", "0", "none", "x".repeat(5000));

    /** One value inside of a document. */
    @FunctionalInterface
    private interface Edit {
        void apply(ContainerNode<?> parent, String key, int index, SplittableRandom random);
    }

    public static final List<Mutation> ALL = List.of(
            edit("key removed", JsonMutations::remove),
            edit("key removed", JsonMutations::remove),
            edit("null", (parent, key, index, random) -> set(parent, key, index, NODES.nullNode())),
            edit("other type", JsonMutations::otherType),
            edit("other type", JsonMutations::otherType),
            edit("number replaced", JsonMutations::number),
            edit("number replaced", JsonMutations::number),
            edit("string replaced", JsonMutations::string),
            edit("value of another key", JsonMutations::another),
            edit("key renamed", JsonMutations::rename),
            edit("key twice", JsonMutations::twice),
            edit(
                    "deep nesting",
                    (parent, key, index, random) -> set(parent, key, index, raw("[".repeat(DEEP) + "]".repeat(DEEP)))));

    private JsonMutations() {}

    private static Mutation edit(String name, Edit edit) {
        return new Mutation(name, (file, random) -> {
            JsonNode root;
            try {
                root = JSON.readTree(file);
            } catch (IOException e) {
                return file; // an earlier mutation made it invalid
            }
            List<ContainerNode<?>> containers = new ArrayList<>();
            collect(root, containers);
            if (containers.isEmpty()) {
                return file;
            }
            ContainerNode<?> parent = containers.get(random.nextInt(containers.size()));
            int index = random.nextInt(parent.size());
            String key = parent instanceof ObjectNode object ? keys(object).get(index) : "";
            edit.apply(parent, key, index, random);
            try {
                return JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree is always writable", e);
            }
        });
    }

    private static void collect(JsonNode node, List<ContainerNode<?>> all) {
        if (node instanceof ContainerNode<?> container && !container.isEmpty()) {
            all.add(container);
            container.forEach(child -> collect(child, all));
        }
    }

    private static List<String> keys(ObjectNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static JsonNode raw(String text) {
        return (JsonNode) NODES.rawValueNode(new RawValue(text));
    }

    private static void set(ContainerNode<?> parent, String key, int index, JsonNode value) {
        if (parent instanceof ObjectNode object) {
            object.set(key, value);
        } else {
            ((ArrayNode) parent).set(index, value);
        }
    }

    private static void remove(ContainerNode<?> parent, String key, int index, SplittableRandom random) {
        if (parent instanceof ObjectNode object) {
            object.remove(key);
        } else {
            ((ArrayNode) parent).remove(index);
        }
    }

    private static void otherType(ContainerNode<?> parent, String key, int index, SplittableRandom random) {
        JsonNode old = parent instanceof ObjectNode object ? object.get(key) : parent.get(index);
        List<JsonNode> others = List.of(
                NODES.textNode(old.asText()),
                NODES.numberNode(1),
                NODES.numberNode(1.5),
                NODES.booleanNode(true),
                NODES.arrayNode(),
                NODES.objectNode(),
                NODES.arrayNode().add(old.deepCopy()));
        set(parent, key, index, others.get(random.nextInt(others.size())));
    }

    private static void number(ContainerNode<?> parent, String key, int index, SplittableRandom random) {
        set(parent, key, index, raw(HostileNumbers.text(random)));
    }

    private static void string(ContainerNode<?> parent, String key, int index, SplittableRandom random) {
        set(parent, key, index, NODES.textNode(STRINGS.get(random.nextInt(STRINGS.size()))));
    }

    private static void another(ContainerNode<?> parent, String key, int index, SplittableRandom random) {
        int other = random.nextInt(parent.size());
        JsonNode value =
                parent instanceof ObjectNode object ? object.get(keys(object).get(other)) : parent.get(other);
        set(parent, key, index, value.deepCopy());
    }

    private static void rename(ContainerNode<?> parent, String key, int index, SplittableRandom random) {
        if (parent instanceof ObjectNode object) {
            object.set(STRINGS.get(random.nextInt(STRINGS.size())), object.remove(key));
        }
    }

    /** On the text, since a tree cannot hold a key twice. */
    private static void twice(ContainerNode<?> parent, String key, int index, SplittableRandom random) {
        if (parent instanceof ObjectNode object) {
            JsonNode value = object.get(key);
            String again = random.nextBoolean() ? value.toString() : HostileNumbers.text(random);
            object.set(key, raw(value + "," + NODES.textNode(key) + ":" + again));
        }
    }
}
