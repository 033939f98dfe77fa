package org.lesionforge.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lesionforge.data.Split.Item;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;

/** Deals out whole groups to the test parts of folds, for {@link Split#folds}. */
final class Folds {
    private final List<Item> items;
    private final int count;
    private final double validation;
    private final long seed;
    /** Of each class, in alphabetical order. */
    private final Map<String, Integer> images = new TreeMap<>();

    private final Map<String, Integer> groups = new TreeMap<>();

    Folds(List<Item> items, int count, double validation, long seed) {
        if (count < 2) {
            throw new IllegalArgumentException("there are at least 2 folds, got " + count);
        }
        this.items = items;
        this.count = count;
        this.validation = validation;
        this.seed = seed;
        items.forEach(item -> images.merge(item.label(), 1, Integer::sum));
        items.stream()
                .map(item -> List.of(item.label(), item.group()))
                .distinct()
                .forEach(pair -> groups.merge(pair.get(0), 1, Integer::sum));
    }

    List<Split> splits() {
        String scarcest =
                Collections.min(groups.entrySet(), Map.Entry.comparingByValue()).getKey();
        if (Objects.requireNonNull(groups.get(scarcest)) < Math.max(count, 1 + groupsLeft())) {
            throw tooFew(scarcest);
        }
        List<List<Item>> dealt = dealt();
        for (List<Item> fold : dealt) {
            for (String label : groups.keySet()) {
                long tested = fold.stream()
                        .filter(item -> item.label().equals(label))
                        .map(Item::group)
                        .distinct()
                        .count();
                if (tested == 0 || Objects.requireNonNull(groups.get(label)) - tested < groupsLeft()) {
                    throw tooFew(label);
                }
            }
        }
        List<Split> splits = new ArrayList<>();
        for (List<Item> fold : dealt) {
            splits.add(split(fold, new Seed(seed).at(splits.size()).value()));
        }
        return splits;
    }

    /** How many groups of a class a fold needs beside those that it tests: one to train on, and one to validate with. */
    private int groupsLeft() {
        return validation > 0 ? 2 : 1;
    }

    private UnusableInputException tooFew(String label) {
        int fewest = Collections.min(groups.values());
        String remedy = fewest > groupsLeft() && fewest != count ? "name --folds " + fewest + ", add" : "add";
        return new UnusableInputException("class '" + label + "' has " + images.get(label) + " image(s) in "
                + groups.get(label) + " group(s), too few for --folds " + count
                + ": whole groups of it are in each of the parts "
                + (validation > 0 ? "[train, validation, test]" : "[train, test]") + " of every fold; " + remedy
                + " images of other lesions, or leave the class out (prepare --classes)"
                + (validation > 0 ? ", or do without a validation part (--protocol paper)" : ""));
    }

    private List<List<Item>> dealt() {
        List<List<Item>> folds = new ArrayList<>();
        List<Map<String, Integer>> counts = new ArrayList<>();
        for (int f = 0; f < count; f++) {
            folds.add(new ArrayList<>());
            counts.add(new HashMap<>());
        }
        for (List<Item> group :
                inOrder(Split.groupsInRandomOrder(items, "fold", seed).values())) {
            Map<String, Integer> ofGroup = new TreeMap<>();
            group.forEach(item -> ofGroup.merge(item.label(), 1, Integer::sum));
            int scarcest = 0;
            for (int f = 1; f < count; f++) {
                double gain = crowding(ofGroup, counts.get(scarcest)) - crowding(ofGroup, counts.get(f));
                boolean emptier = folds.get(f).size() < folds.get(scarcest).size();
                scarcest = gain > 0 || (gain == 0 && emptier) ? f : scarcest;
            }
            folds.get(scarcest).addAll(group);
            Map<String, Integer> ofFold = counts.get(scarcest);
            ofGroup.forEach((label, n) -> ofFold.merge(label, n, Integer::sum));
        }
        return folds;
    }

    /** Those of the scarcest class first, while every fold has room for it; larger ones sooner, which smaller ones then even out. */
    private List<List<Item>> inOrder(Collection<List<Item>> all) {
        return all.stream()
                .sorted(Comparator.<List<Item>>comparingInt(group -> group.stream()
                                .mapToInt(item -> Objects.requireNonNull(groups.get(item.label())))
                                .min()
                                .orElseThrow())
                        .thenComparing(
                                Comparator.<List<Item>>comparingInt(List::size).reversed()))
                .toList();
    }

    /** How much the sum of squares of a fold's shares of the classes grows by a group, but for what is the same in every fold. */
    private double crowding(Map<String, Integer> group, Map<String, Integer> fold) {
        double sum = 0;
        for (Map.Entry<String, Integer> entry : group.entrySet()) {
            double all = Objects.requireNonNull(images.get(entry.getKey()));
            sum += entry.getValue() / all * fold.getOrDefault(entry.getKey(), 0) / all;
        }
        return sum;
    }

    private Split split(List<Item> test, long validationSeed) {
        Set<String> tested = test.stream().map(Item::id).collect(Collectors.toCollection(HashSet::new));
        List<Item> rest =
                items.stream().filter(item -> !tested.contains(item.id())).toList();
        Split inner = Split.grouped(rest, 0, validation, validationSeed);
        Map<String, Part> parts = new HashMap<>();
        rest.forEach(item -> parts.put(item.id(), inner.part(item.id())));
        tested.forEach(id -> parts.put(id, Part.TEST));
        return Split.given(parts);
    }
}
