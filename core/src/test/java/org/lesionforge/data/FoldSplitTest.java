package org.lesionforge.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesionforge.data.Split.Item;
import org.lesionforge.io.UnusableInputException;

/** Splits whose test parts divide all images among them. */
final class FoldSplitTest {
    private static List<Item> singles(String label, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Item(label + i, label, label + "-lesion" + i))
                .toList();
    }

    private static List<Item> all(List<Item> first, List<Item> second) {
        List<Item> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static long count(List<Item> items, Split split, Part part, String label) {
        return items.stream()
                .filter(item -> item.label().equals(label) && split.part(item.id()) == part)
                .count();
    }

    /** Ten of one class and five of the other make five folds of two and one, in one way only. */
    @Test
    void eachFoldHasItsShareOfEveryClass() {
        List<Item> items = all(singles("benign", 10), singles("malignant", 5));
        List<Split> folds = Split.folds(items, 5, 0, 7);
        assertEquals(5, folds.size());
        for (Split fold : folds) {
            assertEquals(2, count(items, fold, Part.TEST, "benign"));
            assertEquals(1, count(items, fold, Part.TEST, "malignant"));
            assertEquals(8, count(items, fold, Part.TRAIN, "benign"));
            assertEquals(4, count(items, fold, Part.TRAIN, "malignant"));
        }
    }

    /**
     * Benign lesions of 4, 2, 1 and 1 images make two folds of four: the first fold takes the 4, the other the rest. Malignant ones of 2 and 2
     * take a fold each.
     */
    @Test
    void largeGroupsAreEvenedOutBySmallOnes() {
        List<Item> items = new ArrayList<>();
        int[] sizes = {4, 2, 1, 1};
        for (int lesion = 0; lesion < sizes.length; lesion++) {
            for (int i = 0; i < sizes[lesion]; i++) {
                items.add(new Item("b" + lesion + "-" + i, "benign", "b" + lesion));
            }
        }
        for (int i = 0; i < 4; i++) {
            items.add(new Item("m" + i, "malignant", "m" + i / 2));
        }
        for (Split fold : Split.folds(items, 2, 0, 3)) {
            assertEquals(4, count(items, fold, Part.TEST, "benign"));
            assertEquals(2, count(items, fold, Part.TEST, "malignant"));
            assertEquals(fold.part("b0-0"), fold.part("b0-3"));
            assertNotEquals(fold.part("b0-0"), fold.part("b1-0"));
            assertEquals(fold.part("b1-0"), fold.part("b2-0"));
            assertEquals(fold.part("m0"), fold.part("m1"));
        }
    }

    @Test
    void eachImageIsTestedOnceAndItsGroupIsNeverDivided() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            List<Item> items = new ArrayList<>();
            for (int group = 0; group < 40 + random.nextInt(60); group++) {
                int size = 1 + random.nextInt(4);
                for (int i = 0; i < size; i++) {
                    // Some lesions are of two classes.
                    boolean malignant = group < 14 || random.nextInt(12) == 0;
                    items.add(new Item("i" + group + "-" + i, malignant ? "malignant" : "benign", "g" + group));
                }
            }
            int count = 2 + random.nextInt(5);
            List<Split> folds = Split.folds(items, count, 0.2, seed);
            assertEquals(count, folds.size());
            Set<String> tested = new HashSet<>();
            for (Split fold : folds) {
                Map<String, Part> parts = new HashMap<>();
                for (Item item : items) {
                    Part part = fold.part(item.id());
                    assertEquals(part, parts.computeIfAbsent(item.group(), group -> part), item.group());
                    assertTrue(part != Part.TEST || tested.add(item.id()), item.id() + " is tested twice");
                }
                for (String label : List.of("benign", "malignant")) {
                    double n = items.stream()
                            .filter(item -> item.label().equals(label))
                            .count();
                    assertEquals(n / count, (double) count(items, fold, Part.TEST, label), 4.5, label);
                    for (Part part : Part.values()) {
                        assertTrue(count(items, fold, part, label) > 0, part + " has none of " + label);
                    }
                }
            }
            assertEquals(items.size(), tested.size());
        }
    }

    @Test
    void theOrderOfTheImagesChangesNothingAndTheSeedDoes() {
        List<Item> items = all(singles("benign", 30), singles("malignant", 12));
        List<Item> shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, new Random(1));
        List<String> hashes =
                Split.folds(items, 4, 0.1, 5).stream().map(Split::sha256).toList();
        assertEquals(
                hashes,
                Split.folds(shuffled, 4, 0.1, 5).stream().map(Split::sha256).toList());
        assertNotEquals(
                hashes,
                Split.folds(items, 4, 0.1, 6).stream().map(Split::sha256).toList());
    }

    private static String refused(List<Item> items, int count, double validation) {
        return assertThrows(UnusableInputException.class, () -> Split.folds(items, count, validation, 0))
                .getMessage();
    }

    @Test
    void tooFewGroupsAreRefusedWithTheirNumberAndWhatToDo() {
        List<Item> items = all(singles("benign", 20), singles("malignant", 3));
        String message = refused(items, 5, 0.1);
        assertTrue(
                message.startsWith("class 'malignant' has 3 image(s) in 3 group(s), too few for --folds 5"), message);
        assertTrue(message.contains("name --folds 3, add images of other lesions"), message);
        assertEquals(3, Split.folds(items, 3, 0.1, 0).size(), "as the message says");
        // A fold would test two of three groups and have one left for two parts.
        assertTrue(refused(items, 2, 0.1).contains("name --folds 3"));
        assertEquals(2, Split.folds(items, 2, 0, 0).size(), "without a validation part one is enough");

        List<Item> two = all(singles("benign", 20), singles("malignant", 2));
        assertTrue(refused(two, 2, 0.1).contains("; add images of other lesions"), "no number would do");
        List<Item> twins = List.of(
                new Item("b1", "benign", "b1"),
                new Item("b2", "benign", "b2"),
                new Item("m1", "malignant", "m"),
                new Item("m2", "malignant", "m"));
        assertTrue(refused(twins, 2, 0).startsWith("class 'malignant' has 2 image(s) in 1 group(s)"));
        assertThrows(IllegalArgumentException.class, () -> Split.folds(items, 1, 0, 0));
    }
}
