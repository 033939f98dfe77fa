package org.lesionforge.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of {@code docs/design.md}: which room may use which. A room is a package below {@code org.lesionforge} with all that lies in
 * it, unless the table has a row for what lies in it too. A row without a name continues the one above it.
 *
 * @param uses by room, in the table's order, lowest first
 */
record FloorPlan(Map<String, Set<String>> uses) {
    private static final String ROOT = "org.lesionforge.";
    private static final String EVERY_ROOM = "every room";
    private static final Pattern ROW = Pattern.compile("\\| (?:`([a-z0-9.]+)` )?\\|(.*)\\|");
    private static final Pattern NAME = Pattern.compile("[a-z0-9.]+");

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([a-z0-9.]+);");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([a-z0-9.]+)\\.[A-Z][\\w.*]*;");

    /** An arrow from a class to a class of another room. */
    record Arrow(String from, String to, String fromRoom, String toRoom) {
        @Override
        public String toString() {
            return fromRoom + " -> " + toRoom + ": " + from + " uses " + to;
        }
    }

    /** @throws IllegalArgumentException when a row names a room that no row above it is about */
    static FloorPlan read(Path page) throws IOException {
        Map<String, Set<String>> uses = new LinkedHashMap<>();
        boolean inTable = false;
        String room = null;
        for (String line : Files.readAllLines(page)) {
            if (line.equals("| room | uses |")) {
                inTable = true;
                continue;
            }
            Matcher row = ROW.matcher(line);
            if (inTable && row.matches() && row.group(1) != null) {
                room = row.group(1);
                uses.put(room, new TreeSet<>(used(room, row.group(2), uses.keySet())));
            } else if (inTable && row.matches()) {
                uses.get(room).addAll(used(room, row.group(2), uses.keySet()));
            } else if (inTable && line.isEmpty()) {
                return new FloorPlan(uses);
            }
        }
        throw new IllegalArgumentException(page + " has no table '| room | uses |'");
    }

    private static Set<String> used(String room, String cell, Set<String> above) {
        if (cell.strip().equals(EVERY_ROOM)) {
            return Set.copyOf(above);
        }
        Set<String> used = new TreeSet<>();
        NAME.matcher(cell).results().forEach(name -> used.add(name.group()));
        for (String name : used) {
            if (!above.contains(name)) {
                throw new IllegalArgumentException(
                        "the plan lets " + room + " use " + name + ", which no row above it is about: an arrow up");
            }
        }
        return used;
    }

    /** Every arrow between two rooms, each pair of classes once. */
    List<Arrow> arrows(JavaClasses classes) {
        List<Arrow> arrows = new ArrayList<>();
        for (JavaClass from : classes) {
            String fromRoom = room(from)
                    .orElseThrow(() -> new IllegalArgumentException(
                            from.getName() + " lies in no room of the plan; add a row to the table of docs/design.md"));
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                room(to).filter(toRoom -> !toRoom.equals(fromRoom))
                        .ifPresent(toRoom -> arrows.add(new Arrow(from.getName(), to.getName(), fromRoom, toRoom)));
            }
        }
        return arrows;
    }

    /** Arrows that the plan does not have. */
    List<Arrow> forbidden(JavaClasses classes) {
        return arrows(classes).stream()
                .filter(arrow -> !uses.get(arrow.fromRoom()).contains(arrow.toRoom()))
                .distinct()
                .toList();
    }

    /** Imports that the plan does not have: one that Javadoc alone needs is in no class file, and still ties two rooms together. */
    List<String> forbiddenImports(String source) {
        Matcher own = PACKAGE.matcher(source);
        Optional<String> from = own.find() ? room(own.group(1)) : Optional.empty();
        return from.stream()
                .flatMap(room -> IMPORT.matcher(source)
                        .results()
                        .filter(line -> room(line.group(1))
                                .filter(to ->
                                        !to.equals(room) && !uses.get(room).contains(to))
                                .isPresent())
                        .map(line -> room + ": " + line.group()))
                .toList();
    }

    /** The most inner room that a class of ours lies in. */
    private Optional<String> room(JavaClass type) {
        return room(type.getPackageName());
    }

    private Optional<String> room(String packageName) {
        if (!packageName.startsWith(ROOT)) {
            return Optional.empty();
        }
        String name = packageName.substring(ROOT.length());
        return uses.keySet().stream()
                .filter(room -> name.equals(room) || name.startsWith(room + "."))
                .max(Comparator.comparingInt(String::length));
    }
}
