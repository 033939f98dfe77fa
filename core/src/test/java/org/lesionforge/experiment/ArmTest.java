package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionforge.experiment.Arm.Addition;

/** What arms and seeds are called. */
final class ArmTest {
    @Test
    void everyArmIsMadeOfItsOwnWord() {
        for (Addition addition : Addition.values()) {
            for (boolean weights : new boolean[] {false, true}) {
                for (boolean degraded : new boolean[] {false, true}) {
                    Arm arm = new Arm(addition, addition == Addition.NONE ? null : 12, weights, degraded);
                    assertEquals(arm, Arm.of(arm.word()), arm.word());
                    Arm balancing = new Arm(addition, null, weights, degraded);
                    assertEquals(balancing, Arm.of(balancing.word()), balancing.word());
                }
            }
        }
    }

    @Test
    void wordsMeanWhatTheySay() {
        assertEquals(Arm.NONE, Arm.of("none"));
        assertEquals(Arm.DCGAN, Arm.of("dcgan"));
        assertEquals(new Arm(Addition.NONE, null, true, false), Arm.of("class-weights"));
        assertEquals(new Arm(Addition.NONE, null, false, true), Arm.of("none+degraded"));
        assertEquals(new Arm(Addition.DCGAN, 500, true, true), Arm.of("dcgan:500+degraded+class-weights"));
        assertEquals(
                "dcgan:500+class-weights+degraded",
                Arm.of("dcgan:500+degraded+class-weights").word());
        assertEquals("class-weights", Arm.of("none+class-weights").word());
        assertEquals(
                "Class weights, all images blurred alike",
                Arm.of("class-weights+degraded").title());
        assertEquals("Balanced with DCGAN images (500)", Arm.of("dcgan:500").title());
        assertEquals("arms", new Cell(Arm.of("dcgan:500"), 3).folderName().replace("dcgan-500-seed3", "arms"));
    }

    @Test
    void whatIsNoArmIsRefusedWithThoseThereAre() {
        for (String word : List.of("gan", "", "dcgan+oversample", "none:3", "dcgan:0", "dcgan:many", "dcgan+blur")) {
            assertThrows(IllegalArgumentException.class, () -> Arm.of(word), word);
        }
        String message = assertThrows(IllegalArgumentException.class, () -> Arm.of("gan"))
                .getMessage();
        assertTrue(message.contains("none, oversample, classical, dcgan, dcgan-only and class-weights"), message);
    }

    @Test
    void seedsAreNumbersAndRanges() {
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), Seeds.of("0..4"));
        assertEquals(List.of(0L, 1L, 7L), Seeds.of("0, 1,7"));
        assertEquals(List.of(5L, 6L, -1L), Seeds.of("5..6,-1"));
        for (String text : List.of("", "a", "1..", "4..0", "0,0", "0..2,1", "0..1000", "1.5")) {
            assertThrows(IllegalArgumentException.class, () -> Seeds.of(text), text);
        }
    }
}
