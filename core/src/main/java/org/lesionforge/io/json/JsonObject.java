package org.lesionforge.io.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.lesionforge.io.UnusableInputException;

/**
 * A JSON object that is read key by key. Every method but {@link #has} expects the key to be present with a value of
 * the method's type, and otherwise throws an {@link UnusableInputException} with the file, the key with the path that
 * leads to it, what was expected and what was found. So a damaged file is never mistaken for one with fewer keys.
 */
public final class JsonObject {
    private final JsonSource source;
    private final String path;
    private final JsonNode node;

    private JsonObject(JsonSource source, String path, JsonNode node) {
        this.source = source;
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw source.wrong(path, "an object", node);
        }
    }

    /**
     * Reads the whole file.
     *
     * @param file a JSON file
     * @return its object; keys are checked when they are read
     * @throws UnusableInputException when the file is missing or does not hold one JSON object
     */
    public static JsonObject read(Path file) {
        return of(JsonSource.of(file), Json.readTree(file));
    }

    /**
     * The objects of a {@code .jsonl} file, one a line; a last line cut short by a crash is left out. A missing file
     * has none.
     *
     * @param file a {@code .jsonl} file, or none
     * @return an object for each whole line
     * @throws UnusableInputException when another line is not a JSON object
     */
    public static List<JsonObject> readLines(Path file) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode line : Json.readLines(file)) {
            objects.add(of(JsonSource.of(file).line(objects.size() + 1), line));
        }
        return objects;
    }

    /**
     * A server's response.
     *
     * @param address of the request, for messages
     * @param text in UTF-8
     * @param remedy what to do about a response that cannot be read
     * @return its object; keys are checked when they are read
     * @throws UnusableInputException when it is not a JSON object
     */
    public static JsonObject answer(String address, byte[] text, String remedy) {
        JsonSource source = new JsonSource(address, remedy);
        return of(source, Json.parse(source, new String(text, StandardCharsets.UTF_8)));
    }

    static JsonObject of(JsonSource source, JsonNode node) {
        return new JsonObject(source, "", node);
    }

    /**
     * Of a file with a version of its format.
     *
     * @param version the one that this program reads
     * @return this
     * @throws UnusableInputException when {@code format_version} is not {@code version}
     */
    public JsonObject requireVersion(int version) {
        int found = integer("format_version");
        if (found != version) {
            throw new UnusableInputException(source.name() + " has format version " + found + ", this program reads "
                    + version + "; use a program as new as the one that wrote it");
        }
        return this;
    }

    /**
     * {@return the object as a record, by the rules of {@link Json#read(Path, Class)}}
     *
     * @param <T> the record
     * @param type the record's class
     * @throws UnusableInputException when it does not fit, naming the key
     */
    public <T> T as(Class<T> type) {
        return Json.bind(source, path, node, type);
    }

    /**
     * {@return as {@link #as}, of an object whose unknown keys must not be ignored}
     *
     * @param <T> the record
     * @param type the record's class
     * @throws UnusableInputException also when it has a key that the record, or one inside it, does not have
     */
    public <T> T asWhole(Class<T> type) {
        return Json.bindWhole(source, path, node, type);
    }

    /**
     * {@return the same object with some of its keys alone, for an object that is several records at once}
     *
     * @param keys to keep; those that it does not have are left out
     */
    public JsonObject only(Collection<String> keys) {
        return new JsonObject(source, path, node.<ObjectNode>deepCopy().retain(keys));
    }

    /** {@return the whole object as a tree, for code that accepts any JSON} */
    public JsonNode tree() {
        return node;
    }

    /**
     * {@return whether an optional key is present and not null}
     *
     * @param key of this object
     */
    public boolean has(String key) {
        return node.hasNonNull(key);
    }

    /**
     * {@return whether a nullable key, which must be present, holds null}
     *
     * @param key of this object
     */
    public boolean isNull(String key) {
        if (!node.has(key)) {
            throw wrong(key, "a value or null");
        }
        return node.get(key).isNull();
    }

    /** {@return the keys, in the order of the file} */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /**
     * {@return the text of a key}
     *
     * @param key of this object
     */
    public String text(String key) {
        return text(source, pathOf(key), node.path(key));
    }

    /**
     * {@return the text of a key that holds one of several words}
     *
     * @param key of this object
     * @param words all that are allowed
     */
    public String word(String key, Set<String> words) {
        String word = text(key);
        if (!words.contains(word)) {
            throw source.wrong(
                    pathOf(key),
                    "one of " + String.join(", ", words.stream().sorted().toList()),
                    node.get(key));
        }
        return word;
    }

    /**
     * {@return a number; in files, undefined ones are the string {@code "NaN"}, infinite ones {@code "Infinity"} and
     * {@code "-Infinity"}}
     *
     * @param key of this object
     */
    public double number(String key) {
        return number(source, pathOf(key), node.path(key));
    }

    /**
     * {@return the number of a key, as {@link #number}; {@code NaN} where the key holds null}
     *
     * @param key of this object
     */
    public double numberOrNull(String key) {
        return isNull(key) ? Double.NaN : number(key);
    }

    /**
     * {@return the integer of a key, of up to 32 bits}
     *
     * @param key of this object
     */
    public int integer(String key) {
        if (!node.path(key).isIntegralNumber() || !node.path(key).canConvertToInt()) {
            throw source.wrong(pathOf(key), "an integer", node.path(key));
        }
        return node.path(key).intValue();
    }

    /**
     * {@return the integer of a key, of up to 64 bits}
     *
     * @param key of this object
     */
    public long wholeNumber(String key) {
        if (!node.path(key).isIntegralNumber() || !node.path(key).canConvertToLong()) {
            throw source.wrong(pathOf(key), "an integer", node.path(key));
        }
        return node.path(key).longValue();
    }

    /**
     * {@return the truth value of a key}
     *
     * @param key of this object
     */
    public boolean flag(String key) {
        if (!node.path(key).isBoolean()) {
            throw source.wrong(pathOf(key), "true or false", node.path(key));
        }
        return node.path(key).booleanValue();
    }

    /**
     * {@return the object of a key; what is wrong in it is named with this key before it}
     *
     * @param key of this object
     */
    public JsonObject object(String key) {
        return new JsonObject(source, pathOf(key), node.path(key));
    }

    /**
     * {@return the objects in the list of a key}
     *
     * @param key of this object
     */
    public List<JsonObject> objects(String key) {
        return list(key, "a list of objects", (path, element) -> new JsonObject(source, path, element));
    }

    /**
     * {@return the texts in the list of a key}
     *
     * @param key of this object
     */
    public List<String> texts(String key) {
        return list(key, "a list of texts", (path, element) -> text(source, path, element));
    }

    /**
     * {@return the numbers in the list of a key, as {@link #number} reads them}
     *
     * @param key of this object
     */
    public double[] numbers(String key) {
        return list(key, "a list of numbers", (path, element) -> number(source, path, element)).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /**
     * {@return the numbers in the list of a key, as {@link #numbers}, of a list of {@code count}}
     *
     * @param key of this object
     * @param count length that the list must have
     */
    public double[] numbers(String key, int count) {
        double[] numbers = numbers(key);
        if (numbers.length != count) {
            throw source.wrong(pathOf(key), "a list of " + count + " numbers", node.get(key));
        }
        return numbers;
    }

    /**
     * {@return a square matrix of counts: {@code side} lists of {@code side} integers, at least 0}
     *
     * @param key of this object
     * @param side number of rows and of columns
     */
    public int[][] counts(String key, int side) {
        int[][] counts = new int[side][side];
        JsonNode rows = node.path(key);
        if (!rows.isArray() || rows.size() != side) {
            throw source.wrong(pathOf(key), "a list of " + side + " lists of counts", rows);
        }
        for (int i = 0; i < side; i++) {
            if (!rows.get(i).isArray() || rows.get(i).size() != side) {
                throw source.wrong(pathOf(key) + "[" + i + "]", "a list of " + side + " counts", rows.get(i));
            }
            for (int j = 0; j < side; j++) {
                JsonNode count = rows.get(i).get(j);
                if (!count.isInt() || count.intValue() < 0) {
                    throw source.wrong(pathOf(key) + "[" + i + "][" + j + "]", "a count", count);
                }
                counts[i][j] = count.intValue();
            }
        }
        return counts;
    }

    /**
     * {@return the exception for an invalid value of a key, worded like all others}
     *
     * @param key of this object
     * @param expected what should be there: {@code a list of texts}
     */
    public UnusableInputException wrong(String key, String expected) {
        return source.wrong(pathOf(key), expected, node.path(key));
    }

    /**
     * {@return the exception for a key that this program does not know, worded like all others}
     *
     * @param key of this object
     */
    public UnusableInputException unknown(String key) {
        return source.unknown(pathOf(key));
    }

    /**
     * {@return the exception for values that cannot be together, worded like all others}
     *
     * @param problem what refused them
     */
    public UnusableInputException refused(IllegalArgumentException problem) {
        return source.refused(path, problem);
    }

    private <T> List<T> list(String key, String expected, BiFunction<String, JsonNode, T> element) {
        JsonNode list = node.path(key);
        if (!list.isArray()) {
            throw source.wrong(pathOf(key), expected, list);
        }
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            elements.add(element.apply(pathOf(key) + "[" + i + "]", list.get(i)));
        }
        return List.copyOf(elements);
    }

    private static String text(JsonSource source, String path, JsonNode value) {
        if (!value.isTextual()) {
            throw source.wrong(path, "a text", value);
        }
        return value.textValue();
    }

    private static double number(JsonSource source, String path, JsonNode value) {
        if (value.isNumber() && !Double.isInfinite(value.doubleValue())) {
            return value.doubleValue();
        }
        return switch (value.isTextual() ? value.textValue() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw source.wrong(path, "a number", value);
        };
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
