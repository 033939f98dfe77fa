package org.lesionforge.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lesionforge.data.Split.Item;
import org.lesionforge.io.UnusableInputException;

class SplitTest {
    /** Groups of 1 to {@code largest} images of one class. */
    private static List<Item> randomItems(Random random, int groups, int largest) {
        List<Item> items = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            String label = random.nextInt(4) == 0 || g < 5 ? "malignant" : "benign";
            int size = 1 + random.nextInt(largest);
            for (int i = 0; i < size; i++) {
                items.add(new Item("image-" + g + "-" + i, label, "lesion-" + g));
            }
        }
        return items;
    }

    private static int count(List<Item> items, Split split, String label, Part part) {
        return (int) items.stream()
                .filter(item -> item.label().equals(label) && split.part(item.id()) == part)
                .count();
    }

    @Test
    void groupsStayWholeAndClassesKeepTheirShare() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int largest = 1 + random.nextInt(6);
            List<Item> items = randomItems(random, 30 + random.nextInt(200), largest);
            Split split = Split.grouped(items, 0.2, 0.1, seed);

            Map<String, Part> parts = new HashMap<>();
            for (Item item : items) {
                Part before = parts.putIfAbsent(item.group(), split.part(item.id()));
                assertTrue(before == null || before == split.part(item.id()), item.group() + " is divided");
            }
            for (String label : List.of("benign", "malignant")) {
                int n = (int) items.stream()
                        .filter(item -> item.label().equals(label))
                        .count();
                int test = count(items, split, label, Part.TEST);
                int validation = count(items, split, label, Part.VALIDATION);
                assertShare(0.2 * n, test, largest, label);
                assertShare(0.1 * (n - test), validation, largest, label);
                assertTrue(count(items, split, label, Part.TRAIN) > 0);
            }
        }
    }

    private static void assertShare(double wanted, int actual, int largestGroup, String label) {
        assertTrue(actual >= 1, label + " is missing");
        assertTrue(Math.abs(wanted - actual) <= largestGroup, label + ": wanted " + wanted + ", got " + actual);
    }

    @Test
    void aPatientMayHaveLesionsOfBothClasses() {
        Random random = new Random(7);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            items.add(new Item("i" + i, random.nextInt(5) == 0 ? "malignant" : "benign", "p" + random.nextInt(150)));
        }
        Split split = Split.grouped(items, 0.2, 0, 1);
        for (String label : List.of("benign", "malignant")) {
            double n = items.stream().filter(item -> item.label().equals(label)).count();
            assertEquals(0.2, count(items, split, label, Part.TEST) / n, 0.03, label);
        }
    }

    @Test
    void exactCountsWithoutGroups() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(new Item("b" + i, "benign", "b" + i));
        }
        for (int i = 0; i < 50; i++) {
            items.add(new Item("m" + i, "malignant", "m" + i));
        }
        Split split = Split.grouped(items, 0.2, 0.1, 0);
        assertEquals(20, count(items, split, "benign", Part.TEST));
        assertEquals(8, count(items, split, "benign", Part.VALIDATION), "a tenth of the other 80");
        assertEquals(72, count(items, split, "benign", Part.TRAIN));
        assertEquals(10, count(items, split, "malignant", Part.TEST));
        assertEquals(4, count(items, split, "malignant", Part.VALIDATION));
        assertEquals(36, count(items, split, "malignant", Part.TRAIN));
        assertEquals(0, count(items, Split.grouped(items, 0.2, 0, 0), "benign", Part.VALIDATION));
    }

    @Test
    void dependsOnTheSeedAndNotOnTheOrder() {
        List<Item> items = randomItems(new Random(3), 100, 3);
        String hash = Split.grouped(items, 0.2, 0.1, 5).sha256();
        List<Item> shuffled = new ArrayList<>(items);
        for (int i = 0; i < 10; i++) {
            Collections.shuffle(shuffled, new Random(i));
            assertEquals(hash, Split.grouped(shuffled, 0.2, 0.1, 5).sha256());
        }
        assertNotEquals(hash, Split.grouped(items, 0.2, 0.1, 6).sha256());
    }

    @Test
    void everyImageIsAsLikelyInTheTestPart() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            items.add(new Item("i" + i, "benign", "i" + i));
        }
        int[] inTest = new int[20];
        for (int seed = 0; seed < 2000; seed++) {
            Split split = Split.grouped(items, 0.2, 0, seed);
            for (int i = 0; i < 20; i++) {
                inTest[i] += split.part("i" + i) == Part.TEST ? 1 : 0;
            }
        }
        for (int n : inTest) {
            // Binomial(2000, 0.2): mean 400, standard deviation 17.9.
            assertEquals(400, n, 90);
        }
    }

    @Test
    void theHashIsThatOfTheSortedLines() {
        Split split = Split.given(Map.of("b", Part.TEST, "a", Part.TRAIN));
        // printf 'a,train\nb,test\n' | sha256sum
        assertEquals("878eac4e044252c083a90a0ca76a63917b87100e2bb79f9bb84fe410e6a05b80", split.sha256());
    }

    @Test
    void threeGroupsAreEnoughAndTwoAreNot() {
        List<Item> items = new ArrayList<>(
                List.of(new Item("a1", "a", "a1"), new Item("a2", "a", "a2"), new Item("a3", "a", "a3")));
        for (int i = 0; i < 6; i++) {
            items.add(new Item("large-" + i, "b", "large-" + i / 2));
        }
        Split split = Split.grouped(items, 0.2, 0.1, 0);
        for (Part part : Part.values()) {
            assertEquals(1, count(items, split, "a", part));
            assertEquals(2, count(items, split, "b", part));
        }
        items.remove(0);
        UnusableInputException e = assertThrows(UnusableInputException.class, () -> Split.grouped(items, 0.2, 0.1, 0));
        assertTrue(e.getMessage().contains("class 'a' has 2 image(s) in 2 group(s)"), e.getMessage());
        assertTrue(e.getMessage().contains("--validation 0"), e.getMessage());
        Split.grouped(items, 0.2, 0, 0);
    }
}
