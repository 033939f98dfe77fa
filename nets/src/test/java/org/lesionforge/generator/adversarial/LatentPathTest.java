package org.lesionforge.generator.adversarial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.io.Seed;

final class LatentPathTest {
    @Test
    void itLeadsFromTheOneToTheOther() {
        float[] from = {-1, -0.25f, 0, 0.5f, 1};
        float[] to = {1, 0.75f, 0, -0.5f, 0.125f};
        assertArrayEquals(from, new LatentPath(from, to).at(0));
        assertArrayEquals(to, new LatentPath(from, to).at(1));
    }

    @Test
    void halfWayTheDensityIsATriangle() {
        // s = (a + b)/2 has the density 1 − |s|, so 2F(s) − 1 = 1 − (1 − |s|)²: 0.75 for ½.
        assertArrayEquals(
                new float[] {0.75f, -0.75f, 0},
                new LatentPath(new float[] {0, 0, 1}, new float[] {1, -1, -1}).at(0.5),
                1e-7f);
        // A quarter of the way the density is level up to ½: 2·0.25/1.5 there, 1 − 0.25²/0.75 beyond.
        assertArrayEquals(
                new float[] {1 / 3f, 11 / 12f},
                new LatentPath(new float[] {1 / 3f, 1}, new float[] {0, 0}).at(0.25),
                1e-6f);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5, 0.8})
    void everyPointIsUniformAgain(double t) {
        int n = 100_000;
        float[] z = new LatentPath(
                        new UniformLatents(n).draw(new Seed(1), 0, 1), new UniformLatents(n).draw(new Seed(2), 0, 1))
                .at(t);
        Arrays.sort(z);
        assertTrue(z[0] >= -1 && z[n - 1] <= 1);
        double worst = 0;
        for (int i = 0; i < n; i++) {
            worst = Math.max(worst, Math.abs((z[i] + 1) / 2 - (i + 0.5) / n));
        }
        // Kolmogorov and Smirnov: above 1.63/√n with a probability of one in a hundred.
        assertEquals(0, worst, 1.63 / Math.sqrt(n));
    }
}
