package org.lesionforge.metric.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Quantiles by hand and as {@code numpy.quantile} has them. */
final class QuantileTest {
    @Test
    void valuesAreInterpolatedBetweenTheirNeighbours() {
        double[] values = {4, 1, 3, 2};
        // Position 0.1 · 3 = 0.3 between 1 and 2, 0.9 · 3 = 2.7 between 3 and 4.
        assertEquals(1.3, Quantile.of(values, 0.1), 1e-12);
        assertEquals(3.7, Quantile.of(values, 0.9), 1e-12);
        assertEquals(1, Quantile.of(values, 0));
        assertEquals(4, Quantile.of(values, 1));
        assertEquals(2.5, Quantile.of(values, 0.5));
        assertEquals(7, Quantile.of(new double[] {7}, 0.1), "of one value it is that value");
        assertArrayEquals(new double[] {4, 1, 3, 2}, values, "not sorted in place");
    }

    @Test
    void whatIsNoQuantileIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Quantile.of(new double[0], 0.5));
        assertThrows(IllegalArgumentException.class, () -> Quantile.of(new double[] {1}, 1.1));
        assertThrows(IllegalArgumentException.class, () -> Quantile.of(new double[] {1}, Double.NaN));
    }
}
