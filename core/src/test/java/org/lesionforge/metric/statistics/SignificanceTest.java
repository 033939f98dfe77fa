package org.lesionforge.metric.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** McNemar and Wilson; p-values and intervals also against SciPy 1.17. */
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
}
