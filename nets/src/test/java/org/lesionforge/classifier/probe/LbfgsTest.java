package org.lesionforge.classifier.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LbfgsTest {
    /** Of Rosenbrock; (1 − x)² + 100 (y − x²)², with its minimum 0 at (1, 1) at the end of a curved valley. */
    private static double rosenbrock(double[] p, double[] gradient) {
        double a = 1 - p[0];
        double b = p[1] - p[0] * p[0];
        gradient[0] = -2 * a - 400 * p[0] * b;
        gradient[1] = 200 * b;
        return a * a + 100 * b * b;
    }

    @Test
    void findsTheEndOfACurvedValley() {
        Lbfgs.Minimum minimum = Lbfgs.minimise(LbfgsTest::rosenbrock, new double[] {-1.2, 1}, 1e-9, 200);
        assertArrayEquals(new double[] {1, 1}, minimum.point(), 1e-8);
        assertTrue(minimum.converged());
        assertTrue(minimum.gradientNorm() <= 1e-9);
    }

    /** Σ h (x − c)², with h over three decades. */
    @Test
    void findsTheBottomOfALongNarrowBowl() {
        int n = 30;
        double[] start = new double[n];
        Lbfgs.Minimum minimum = Lbfgs.minimise(
                (p, gradient) -> {
                    double sum = 0;
                    for (int j = 0; j < n; j++) {
                        double h = Math.pow(10, 3.0 * j / (n - 1) - 1.5);
                        gradient[j] = 2 * h * (p[j] - j);
                        sum += h * (p[j] - j) * (p[j] - j);
                    }
                    return sum;
                },
                start,
                1e-7,
                500);
        assertTrue(minimum.converged(), minimum.toString());
        for (int j = 0; j < n; j++) {
            assertEquals(j, minimum.point()[j], 1e-6);
        }
        assertArrayEquals(new double[n], start, "the start is the caller's");
    }

    @Test
    void saysSoWhenItHasNotConverged() {
        Lbfgs.Minimum minimum = Lbfgs.minimise(LbfgsTest::rosenbrock, new double[] {-1.2, 1}, 1e-9, 3);
        assertFalse(minimum.converged());
        assertEquals(3, minimum.iterations());
        assertTrue(minimum.gradientNorm() > 1e-9);
        assertTrue(minimum.value() < rosenbrock(new double[] {-1.2, 1}, new double[2]));
    }

    @Test
    void staysWhereItIsAtAMinimum() {
        Lbfgs.Minimum minimum = Lbfgs.minimise(LbfgsTest::rosenbrock, new double[] {1, 1}, 1e-9, 10);
        assertEquals(0, minimum.iterations());
        assertTrue(minimum.converged());
    }
}
