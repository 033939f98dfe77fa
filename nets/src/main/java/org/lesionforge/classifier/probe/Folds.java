package org.lesionforge.classifier.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lesionforge.io.Seed;

/**
 * Parts of the examples that are held out in turn: no group is in two, and each has about its share of every class.
 *
 * @param count how many there are, at least 2
 * @param of the fold of each example, from 0; {@link #NONE} where its group has nothing to hold out
 */
record Folds(int count, int[] of) {
    static final int NONE = -1;

    /**
     * Draws folds. Groups are dealt out in a random order, larger ones first, each to the fold where its classes are scarcest.
     *
     * @param held whether each example can be held out
     * @param most how many folds there are to be; fewer where a class has fewer groups
     * @return empty where each way of holding a class out would leave none of it to fit to
     */
    static Optional<Folds> draw(Examples examples, boolean[] held, int most, Seed seed) {
        List<Group> groups = groups(examples, held, seed);
        int[] totals = new int[examples.classes()];
        int[] groupsOfClass = new int[examples.classes()];
        for (Group group : groups) {
            for (int c = 0; c < totals.length; c++) {
                totals[c] += group.counts[c];
                groupsOfClass[c] += group.counts[c] > 0 ? 1 : 0;
            }
        }
        int count = Math.min(most, IntStream.of(groupsOfClass).min().orElse(0));
        if (count < 2) {
            return Optional.empty();
        }
        int[][] dealt = new int[count][totals.length];
        Map<String, Integer> folds = new HashMap<>();
        for (Group group : groups) {
            int fold = scarcest(group.counts, dealt, totals);
            folds.put(group.name, fold);
            for (int c = 0; c < totals.length; c++) {
                dealt[fold][c] += group.counts[c];
            }
        }
        for (int[] ofFold : dealt) {
            for (int c = 0; c < totals.length; c++) {
                if (ofFold[c] == totals[c]) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Folds(
                count,
                examples.groups().stream()
                        .mapToInt(name -> folds.getOrDefault(name, NONE))
                        .toArray()));
    }

    /** @param counts of its images that can be held out, by class */
    private record Group(String name, int[] counts) {
        int size() {
            return IntStream.of(counts).sum();
        }
    }

    /** Those that have something to hold out, in the order in which they are dealt out. */
    private static List<Group> groups(Examples examples, boolean[] held, Seed seed) {
        Map<String, int[]> counts = new LinkedHashMap<>();
        for (int i = 0; i < held.length; i++) {
            if (held[i]) {
                counts.computeIfAbsent(examples.groups().get(i), name -> new int[examples.classes()])[
                        examples.labels()[i]]++;
            }
        }
        List<Group> groups = new ArrayList<>();
        counts.forEach((name, each) -> groups.add(new Group(name, each)));
        return IntStream.of(seed.permutation(groups.size()))
                .mapToObj(groups::get)
                .sorted(Comparator.comparingInt(Group::size).reversed())
                .toList();
    }

    /** Where the sum over folds and classes of (images / images of the class)² grows least; of equals the emptiest. */
    private static int scarcest(int[] counts, int[][] dealt, int[] totals) {
        int scarcest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int f = 0; f < dealt.length; f++) {
            double growth = 0;
            for (int c = 0; c < counts.length; c++) {
                growth += counts[c] * (2.0 * dealt[f][c] + counts[c]) / totals[c] / totals[c];
            }
            boolean emptier = growth == least
                    && IntStream.of(dealt[f]).sum()
                            < IntStream.of(dealt[scarcest]).sum();
            if (growth < least || emptier) {
                scarcest = f;
                least = growth;
            }
        }
        return scarcest;
    }

    /** What is fitted to while {@code fold} is held out: all of the other groups, so neither its images nor copies of them. */
    int[] fittedTo(int fold) {
        return IntStream.range(0, of.length).filter(i -> of[i] != fold).toArray();
    }

    /** The examples of {@code fold} that are held out. */
    int[] heldOut(int fold, boolean[] held) {
        return IntStream.range(0, of.length)
                .filter(i -> of[i] == fold && held[i])
                .toArray();
    }
}
