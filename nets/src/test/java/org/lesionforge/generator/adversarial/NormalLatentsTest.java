package org.lesionforge.generator.adversarial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.Seed;

final class NormalLatentsTest {
    private static final NormalLatents LATENTS = new NormalLatents(50);

    private static void assertNormal(float[] values) {
        double mean = 0;
        double square = 0;
        int inside = 0;
        for (float value : values) {
            mean += value / values.length;
            square += (double) value * value / values.length;
            inside += Math.abs(value) < 1 ? 1 : 0;
        }
        // Of 20,000 numbers: four standard errors.
        assertEquals(0, mean, 0.03);
        assertEquals(1, square, 0.04);
        assertEquals(0.6827, inside / (double) values.length, 0.014);
    }

    @Test
    void theyAreNormalAndSoAreTheWaysBetweenThem() {
        float[] from = LATENTS.draw(new Seed(1), 0, 400);
        float[] to = LATENTS.draw(new Seed(2), 0, 400);
        assertNormal(from);
        for (double t : new double[] {0.25, 0.5, 0.9}) {
            float[] between = new float[from.length];
            for (int i = 0; i < 400; i++) {
                float[] a = Arrays.copyOfRange(from, i * 50, i * 50 + 50);
                float[] b = Arrays.copyOfRange(to, i * 50, i * 50 + 50);
                System.arraycopy(LATENTS.between(a, b, t), 0, between, i * 50, 50);
            }
            assertNormal(between);
        }
    }

    @Test
    void aVectorFollowsFromItsIndex() {
        float[] many = LATENTS.draw(new Seed(1), 0, 4);
        assertArrayEquals(Arrays.copyOfRange(many, 100, 200), LATENTS.draw(new Seed(1), 2, 2));
    }

    @Test
    void halfWayIsTheMeanTimesTheRootOfTwo() {
        float[] half = new NormalLatents(2).between(new float[] {1, 0}, new float[] {1, 2}, 0.5);
        assertArrayEquals(new float[] {(float) Math.sqrt(2), (float) Math.sqrt(2)}, half, 1e-6f);
    }
}
