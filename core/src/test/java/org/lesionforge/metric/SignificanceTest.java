package org.lesionforge.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** McNemar, Wilson and the paired bootstrap; p-values and intervals also against SciPy 1.17. */
final class SignificanceTest {
    @Test
    void mcNemarAsByHand() {
        // 12 coins, at most 3 heads: (1 + 12 + 66 + 220) / 4096, twice.
        assertEquals(2 * 299 / 4096.0, McNemar.exact(3, 9), 1e-14);
        assertEquals(0.0625, McNemar.exact(5, 0), 1e-15);
        assertEquals(1, McNemar.exact(7, 7));
        assertEquals(1, McNemar.exact(0, 0));
    }

    @Test
    void mcNemarOfManyDiscordantPairs() {
        assertEquals(0.045997772262480106, McNemar.exact(120, 154), 1e-12);
        assertTrue(McNemar.exact(0, 5000) >= 0);
        assertEquals(1, McNemar.exact(5000, 5000), 1e-12);
    }

    @Test
    void wilsonInterval() {
        assertEquals(0.8018790057328857, Interval.wilson(88, 100).low(), 1e-12);
        assertEquals(0.9300059356298052, Interval.wilson(88, 100).high(), 1e-12);
        assertEquals(0, Interval.wilson(0, 10).low(), 1e-12);
        assertEquals(0.27753279986288926, Interval.wilson(0, 10).high(), 1e-12);
        assertTrue(Double.isNaN(Interval.wilson(0, 0).low()));
        assertThrows(IllegalArgumentException.class, () -> Interval.wilson(3, 2));
    }

    @Test
    void differenceIsTheSecondMinusTheFirst() {
        PairedAccuracy paired = PairedAccuracy.of(
                new int[] {1, 1, 0, 0}, new int[] {0, 0, 0, 1}, new int[] {1, 1, 1, 1}, List.of("a", "b", "c", "d"), 0);
        assertEquals(0.25, paired.difference());
        assertEquals(1, paired.onlyA());
        assertEquals(2, paired.onlyB());
        assertEquals(1, paired.pValue());
    }

    @Test
    void bootstrapMatchesTheNormalApproximationForManySingleGroups() {
        // 1000 images, 100 gained and 60 lost: standard error √((0.16 − 0.04²) / 1000) = 0.01259.
        List<String> groups = new ArrayList<>();
        int[] truth = new int[1000];
        int[] a = new int[1000];
        int[] b = new int[1000];
        for (int i = 0; i < 1000; i++) {
            groups.add("g" + i);
            a[i] = i < 100 ? 1 : 0;
            b[i] = i >= 100 && i < 160 ? 1 : 0;
        }
        PairedAccuracy paired = PairedAccuracy.of(truth, a, b, groups, 7);
        assertEquals(0.04 - 1.96 * 0.01259, paired.ci95().low(), 0.002);
        assertEquals(0.04 + 1.96 * 0.01259, paired.ci95().high(), 0.002);
        assertEquals(paired, PairedAccuracy.of(truth, a, b, groups, 7));
    }

    @Test
    void imagesOfOneGroupAreOnePieceOfEvidence() {
        int[] truth = new int[40];
        int[] a = new int[40];
        int[] b = new int[40];
        List<String> single = new ArrayList<>();
        List<String> grouped = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            a[i] = i < 10 ? 1 : 0;
            single.add("g" + i);
            grouped.add("g" + i / 10);
        }
        double narrow = width(PairedAccuracy.of(truth, a, b, single, 1).ci95());
        double wide = width(PairedAccuracy.of(truth, a, b, grouped, 1).ci95());
        assertTrue(wide > 2 * narrow, wide + " against " + narrow);
    }

    private static double width(Interval interval) {
        return interval.high() - interval.low();
    }
}
