package org.lesionforge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of {@code docs/contracts.md}, and what of a document is not as they say. */
final class Contracts {
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(#([^)]*)\\)");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| ([^|]+?) \\|.*");

    /**
     * A row of a table.
     *
     * @param path keys one inside the other, {@code []} for each element of a list, {@code <x>} for any key
     * @param types what it may be: {@code integer}, {@code number}, …, {@code #heading} of the table of an object
     */
    private record Row(List<String> path, Set<String> types, boolean optional) {
        String key() {
            return String.join(".", path).replace(".[]", "[]");
        }

        boolean isAt(List<String> place) {
            if (place.size() != path.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                if (!path.get(i).startsWith("<") && !path.get(i).equals(place.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Map<String, List<Row>> tables = new TreeMap<>();

    static Contracts read() throws IOException {
        Contracts contracts = new Contracts();
        String title = "";
        for (String line : Files.readAllLines(Path.of("..", "docs", "contracts.md"))) {
            Matcher row = ROW.matcher(line);
            if (line.startsWith("#")) {
                title = line.replaceFirst("^#+ ", "");
            } else if (row.matches()) {
                contracts
                        .tables
                        .computeIfAbsent(title, any -> new ArrayList<>())
                        .add(row(row.group(1), row.group(2)));
            }
        }
        return contracts;
    }

    private static Row row(String key, String type) {
        List<String> path = List.of(key.replace("[]", ".[]").split("\\.(?![^<]*>)"));
        Matcher link = LINK.matcher(type);
        String named = link.replaceAll("#$1").replace(", optional", "");
        return new Row(path, Set.of(named.split(" or ")), type.contains("optional"));
    }

    /** The last words of all keys, and the columns of tables. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        tables.values()
                .forEach(rows -> rows.forEach(row -> row.path().stream()
                        .filter(key -> !key.startsWith("<") && !key.equals("[]"))
                        .forEach(keys::add)));
        return keys;
    }

    Set<String> titles() {
        return tables.keySet();
    }

    /** As GitHub makes the address of a heading. */
    private static String anchor(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }

    private List<Row> table(String title) {
        List<Row> rows = tables.get(title);
        if (rows == null) {
            throw new AssertionError("docs/contracts.md has no table called " + title);
        }
        return rows;
    }

    private List<Row> linked(String anchor) {
        return tables.entrySet().stream()
                .filter(entry -> anchor(entry.getKey()).equals(anchor))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/contracts.md has no heading #" + anchor))
                .getValue();
    }

    /** Keys that a table has and the document lacks, keys that no row has, and values of other types. */
    Set<String> differences(String title, JsonNode document) {
        Set<String> found = new TreeSet<>();
        check(table(title), List.of(), document, found);
        return found;
    }

    /** Columns that a table does not have, or has and the file lacks. */
    Set<String> differences(String title, List<String> columns) {
        Set<String> found = new TreeSet<>();
        List<Row> rows = table(title);
        for (String column : columns) {
            if (rows.stream().noneMatch(row -> column.matches(row.key().replaceAll("<[^>]*>", ".+")))) {
                found.add("column " + column + " is in no row");
            }
        }
        rows.stream()
                .filter(row -> !row.optional())
                .filter(row -> columns.stream()
                        .noneMatch(each -> each.matches(row.key().replaceAll("<[^>]*>", ".+"))))
                .forEach(row -> found.add("column " + row.key() + " is missing"));
        return found;
    }

    private void check(List<Row> rows, List<String> place, JsonNode node, Set<String> found) {
        List<Row> here = rows.stream().filter(row -> row.isAt(place)).toList();
        boolean within = rows.stream().anyMatch(row -> row.path().size() > place.size() && isUnder(row, place));
        if (here.isEmpty() && !within) {
            found.add(shown(place) + " is in no row");
            return;
        }
        if (!here.isEmpty()) {
            Row row = here.get(0);
            for (String type : row.types()) {
                if (type.startsWith("#") && node.isObject()) {
                    check(linked(type.substring(1)), List.of(), node, found);
                    return;
                }
            }
            if (row.types().stream().noneMatch(type -> is(type, node)) && !(within && node.isContainerNode())) {
                found.add(row.key() + " should be " + row.types() + ", is " + node.getNodeType());
            }
            if (row.types().contains("interval") || (row.types().contains("object") && !within)) {
                return;
            }
        }
        if (node.isArray()) {
            node.forEach(each -> check(rows, and(place, "[]"), each, found));
        } else if (node.isObject()) {
            Iterator<String> keys = node.fieldNames();
            keys.forEachRemaining(key -> check(rows, and(place, key), node.get(key), found));
            requireKeys(rows, place, node, found);
        }
    }

    private static void requireKeys(List<Row> rows, List<String> place, JsonNode node, Set<String> found) {
        for (Row row : rows) {
            if (row.path().size() > place.size() && isUnder(row, place)) {
                String key = row.path().get(place.size());
                boolean optional = row.optional()
                        || rows.stream().anyMatch(other -> other.optional() && other.isAt(and(place, key)));
                if (!key.startsWith("<") && !key.equals("[]") && !optional && !node.has(key)) {
                    found.add(shown(and(place, key)) + " is missing");
                }
            }
        }
    }

    private static boolean isUnder(Row row, List<String> place) {
        return row.path().size() >= place.size()
                && new Row(row.path().subList(0, place.size()), Set.of(), false).isAt(place);
    }

    private static boolean is(String type, JsonNode node) {
        return switch (type) {
            case "integer" -> node.isIntegralNumber();
            case "number" ->
                node.isNumber() || List.of("NaN", "Infinity", "-Infinity").contains(node.asText());
            case "string" -> node.isTextual();
            case "boolean" -> node.isBoolean();
            case "object" -> node.isObject();
            case "null" -> node.isNull();
            case "interval" -> node.size() == 2 && is("number", node.get(0)) && is("number", node.get(1));
            default -> false;
        };
    }

    private static List<String> and(List<String> place, String key) {
        List<String> longer = new ArrayList<>(place);
        longer.add(key);
        return longer;
    }

    private static String shown(List<String> place) {
        return String.join(".", place).replace(".[]", "[]");
    }
}
