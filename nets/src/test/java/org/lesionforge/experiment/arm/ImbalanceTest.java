package org.lesionforge.experiment.arm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.arm.Arm;

/** How many images of which class arms add, and which real ones some arms hold out of the others. */
final class ImbalanceTest {
    @TempDir
    static Path folder;

    /** Four of class a in two groups, eight of class b in four. */
    private static TrainingPart training;

    @BeforeAll
    static void prepare() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            rows.add("a" + i + ",a,ga" + i / 2 + ",train");
        }
        for (int i = 0; i < 8; i++) {
            rows.add("b" + i + ",b,gb" + i / 2 + ",train");
        }
        rows.add("ta,a,t1,test");
        rows.add("tb,b,t2,test");
        training = SmallDataset.prepare(folder, rows).training();
    }

    private static int[] added(String word) {
        Arm arm = Arm.of(word);
        return Imbalance.of(training, List.of(arm), null).orElseThrow().added(arm, training);
    }

    @Test
    void aNumberIsDividedInTheRatioOfTheRealImages() {
        assertArrayEquals(new int[] {7, 3}, Imbalance.shares(10, 7, 3));
        assertArrayEquals(new int[] {4, 1}, Imbalance.shares(5, 7, 3), "3.5 and 1.5: the first of equal remainders");
        assertArrayEquals(new int[] {1, 2}, Imbalance.shares(3, 4, 8));
        assertArrayEquals(new int[] {2, 3}, Imbalance.shares(5, 4, 8), "1.67 and 3.33");
        assertArrayEquals(new int[] {0, 0, 4}, Imbalance.shares(4, 0, 0, 9));
    }

    @Test
    void armsOfEveryClassKeepTheRatioAndOthersGiveTheScarceClassAlone() {
        assertArrayEquals(new int[] {4, 0}, added("dcgan"));
        assertArrayEquals(new int[] {4, 8}, added("both:dcgan"), "no number: each as often as it is there");
        assertArrayEquals(new int[] {1, 2}, added("both:dcgan@0.25"));
        assertArrayEquals(new int[] {20, 40}, added("both:dcgan@5+shuffled"));
        assertArrayEquals(new int[] {2, 4}, added("both:dcgan:6"));
        assertArrayEquals(new int[] {4, 8}, added("processed"));
        assertArrayEquals(new int[] {0, 0}, added("real:3"), "no added images, but real ones that are there");
        String message = assertThrows(UnusableInputException.class, () -> added("both:dcgan:1"))
                .getMessage();
        assertTrue(message.contains("both:dcgan:1 adds no image of class 'a'"), message);
    }

    @Test
    void heldOutRealsAreOfEveryClassInWholeGroupsAndNested() {
        List<Arm> arms = List.of(Arm.of("none"), Arm.of("real:3"), Arm.of("real:6"));
        HeldOutReals heldOut = HeldOutReals.of(training, arms);
        assertArrayEquals(new int[] {2, 4}, heldOut.others().counts());
        Set<String> groups = new HashSet<>();
        TrainingPart others = heldOut.others();
        IntStream.range(0, others.size()).forEach(i -> groups.add(others.group(i)));
        assertEquals(3, groups.size(), "one group of class a and two of class b are whole: " + groups);
        assertArrayEquals(new int[] {4, 8}, heldOut.of(Arm.of("real:6")).counts());
        assertArrayEquals(new int[] {3, 6}, heldOut.of(Arm.of("real:3")).counts());
        assertEquals(others.size(), heldOut.of(Arm.of("none")).size());
        assertEquals(12, HeldOutReals.of(training, List.of(Arm.NONE)).others().size());
        String message = assertThrows(
                        UnusableInputException.class, () -> HeldOutReals.of(training, List.of(Arm.of("real:9"))))
                .getMessage();
        assertTrue(message.contains("real:9 holds 3 of the 4 training images of class 'a'"), message);
    }
}
