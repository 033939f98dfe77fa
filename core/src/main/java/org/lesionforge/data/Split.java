package org.lesionforge.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;

/**
 * Assigns images to parts. Groups are never divided; every class is in every requested part, in about the same share.
 *
 * <p>Depends only on the seed and the set of images with their labels and groups, not on their order.
 */
public final class Split {
    private final Map<String, Part> parts;

    private Split(Map<String, Part> parts) {
        this.parts = parts;
    }

    /** An image to assign. */
    public record Item(String id, String label, String group) {}

    /**
     * {@return the parts that a source gave}
     *
     * @param parts by identifier of the image
     */
    public static Split given(Map<String, Part> parts) {
        return new Split(new TreeMap<>(parts));
    }

    /**
     * Draws the test part, and the validation part from the remaining images.
     *
     * @param items all images, in any order
     * @param test share of all images, 0 for no test part
     * @param validation share of the images outside the test part, 0 for no validation part
     * @param seed of the random order in which groups are tried
     * @return a part for every image
     * @throws UnusableInputException when a class has too few groups to be in every part
     */
    public static Split grouped(List<Item> items, double test, double validation, long seed) {
        Map<String, Part> parts = new TreeMap<>();
        items.forEach(item -> parts.put(item.id(), Part.TRAIN));
        List<Item> rest = take(items, Part.TEST, test, seed, parts);
        take(rest, Part.VALIDATION, validation, seed, parts);
        requireEveryClass(items, parts, test, validation);
        return new Split(parts);
    }

    /**
     * Divides the images so that each is in the test part of exactly one fold; the validation part of a fold is drawn from its other images.
     * Groups are dealt out one by one, those of the class with the fewest groups first and larger ones sooner, each to the fold where its
     * classes are scarcest.
     *
     * @param items all images, in any order
     * @param count of folds, at least 2
     * @param validation share of the images outside a fold's test part, 0 for no validation part
     * @param seed of the random order of groups
     * @return a split for each fold
     * @throws UnusableInputException when a class has too few groups to be in every part of every fold
     * @throws IllegalArgumentException when {@code count} is below 2
     */
    public static List<Split> folds(List<Item> items, int count, double validation, long seed) {
        return new Folds(items, count, validation, seed).splits();
    }

    /** Moves about {@code share} of the items to {@code part}; returns the others. */
    private static List<Item> take(List<Item> items, Part part, double share, long seed, Map<String, Part> parts) {
        if (share == 0) {
            return items;
        }
        Map<String, List<Item>> groups = groupsInRandomOrder(items, part.word(), seed);
        Selection selection = new Selection(items, share);
        groups.values().forEach(selection::takeIfCloser);
        groups.values().stream().sorted(Comparator.comparingInt(List::size)).forEach(selection::takeIfClassMissing);
        selection.taken.forEach(item -> parts.put(item.id(), part));
        return items.stream().filter(item -> parts.get(item.id()) != part).toList();
    }

    /** @param purpose of the order, which is another one for each */
    static Map<String, List<Item>> groupsInRandomOrder(List<Item> items, String purpose, long seed) {
        Map<String, List<Item>> byName = new TreeMap<>();
        items.forEach(item ->
                byName.computeIfAbsent(item.group(), any -> new ArrayList<>()).add(item));
        // Ordered by a hash of the group, so that adding an image elsewhere moves few others.
        Map<String, List<Item>> ordered = new TreeMap<>();
        byName.forEach((name, group) -> ordered.put(sha256(seed + "\n" + purpose + "\n" + name), group));
        return ordered;
    }

    /** The groups taken so far, and the number of images of each class still needed. */
    private static final class Selection {
        private final Map<String, Double> total = new HashMap<>();
        private final Map<String, Double> wanted = new HashMap<>();
        private final Map<String, Integer> groupsLeft = new HashMap<>();
        private final Map<String, Integer> count = new HashMap<>();
        private final List<Item> taken = new ArrayList<>();

        Selection(List<Item> items, double share) {
            items.forEach(item -> total.merge(item.label(), 1.0, Double::sum));
            total.forEach((label, n) -> wanted.put(label, Math.max(1, share * n)));
            items.stream()
                    .map(item -> List.of(item.label(), item.group()))
                    .distinct()
                    .forEach(pair -> groupsLeft.merge(pair.get(0), 1, Integer::sum));
        }

        /** Takes a group if it brings the classes' shares closer to the requested ones. */
        void takeIfCloser(List<Item> group) {
            double change = 0;
            for (Map.Entry<String, Integer> entry : counts(group).entrySet()) {
                double missing =
                        Objects.requireNonNull(wanted.get(entry.getKey())) - count.getOrDefault(entry.getKey(), 0);
                change += (Math.abs(missing - entry.getValue()) - Math.abs(missing))
                        / Objects.requireNonNull(total.get(entry.getKey()));
            }
            if (change < 0 && leavesSome(group)) {
                take(group);
            }
        }

        /** Takes a group of a class that has none yet, even if it is too large. */
        void takeIfClassMissing(List<Item> group) {
            boolean missing = group.stream().anyMatch(item -> !count.containsKey(item.label()));
            if (missing && leavesSome(group)) {
                take(group);
            }
        }

        private boolean leavesSome(List<Item> group) {
            return counts(group).keySet().stream().allMatch(label -> Objects.requireNonNull(groupsLeft.get(label)) > 1);
        }

        private void take(List<Item> group) {
            taken.addAll(group);
            counts(group).forEach((label, n) -> {
                count.merge(label, n, Integer::sum);
                groupsLeft.merge(label, -1, Integer::sum);
            });
        }

        private static Map<String, Integer> counts(List<Item> group) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            group.forEach(item -> counts.merge(item.label(), 1, Integer::sum));
            return counts;
        }
    }

    private static void requireEveryClass(List<Item> items, Map<String, Part> parts, double test, double validation) {
        List<Part> wanted = new ArrayList<>(List.of(Part.TRAIN));
        if (validation > 0) {
            wanted.add(Part.VALIDATION);
        }
        if (test > 0) {
            wanted.add(Part.TEST);
        }
        for (String label : items.stream().map(Item::label).distinct().sorted().toList()) {
            List<Item> ofClass =
                    items.stream().filter(item -> item.label().equals(label)).toList();
            long groups = ofClass.stream().map(Item::group).distinct().count();
            for (Part part : wanted) {
                if (ofClass.stream().noneMatch(item -> parts.get(item.id()) == part)) {
                    throw new UnusableInputException("class '" + label + "' has " + ofClass.size() + " image(s) in "
                            + groups + " group(s), too few to be in each of the parts "
                            + wanted.stream().map(Part::word).toList()
                            + "; add images of other lesions, leave the class out (--classes), or do without a part"
                            + " (--validation 0)");
                }
            }
        }
    }

    /**
     * {@return the part of an image}
     *
     * @param id of the image
     * @throws IllegalArgumentException when there is no such image
     */
    public Part part(String id) {
        Part part = parts.get(id);
        if (part == null) {
            throw new IllegalArgumentException("the split has no image '" + id + "'");
        }
        return part;
    }

    /**
     * {@return the SHA-256, in hexadecimal, of the lines {@code id,part}, sorted by id, each ended by a line feed, in
     * UTF-8}
     */
    public String sha256() {
        StringBuilder lines = new StringBuilder();
        parts.forEach(
                (id, part) -> lines.append(id).append(',').append(part.word()).append('\n'));
        return sha256(lines.toString());
    }

    private static String sha256(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
