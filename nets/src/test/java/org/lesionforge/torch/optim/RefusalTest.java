package org.lesionforge.torch.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** What refuses a step, and that it leaves everything as it was, selected as on a card as well as asked for as on the CPU. */
final class RefusalTest {
    private static final float INFINITE = Float.POSITIVE_INFINITY;

    private static boolean refused(float[] losses, float... norms) {
        try (Scope scope = new Scope()) {
            Refusal refusal = Refusal.unlessFinite(
                    List.of(Tensors.of(losses, losses.length)), Tensors.of(norms, norms.length), 5);
            assertEquals(
                    refusal.isRaised() ? 1 : 0, Tensors.item(refusal.found().orElseThrow()));
            return refusal.isRaised();
        }
    }

    @Test
    void oneValueThatIsNotFiniteIsEnough() {
        assertFalse(refused(new float[] {1, -2}, 3, 4), "of length 5, the longest that may be");
        assertEquals(true, refused(new float[] {1, -2}, 3, 4.001f));
        assertEquals(true, refused(new float[] {1, Float.NaN}, 3, 4));
        assertEquals(true, refused(new float[] {-INFINITE, 1}, 3, 4));
        assertEquals(true, refused(new float[] {1, -2}, 3, Float.NaN));
        assertEquals(true, refused(new float[] {1, -2}, INFINITE, 0));
        // Squares are added up in float64, where those of 1e30 have room.
        try (Scope scope = new Scope()) {
            assertFalse(Refusal.unlessFinite(List.of(), Tensors.of(new float[] {1e30f}, 1), Double.MAX_VALUE)
                    .isRaised());
        }
        assertFalse(Refusal.NONE.isRaised());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatItKeepsIsKeptToTheLastBit(boolean selects) {
        try (Scope scope = new Scope()) {
            for (boolean raised : new boolean[] {false, true}) {
                Refusal refusal = Refusal.of(torch.full(new long[0], new Scalar(raised ? 1.0 : 0.0)), selects);
                Tensor live = Tensors.of(new float[] {Float.NaN, 2, INFINITE}, 3);
                refusal.restore(live, Tensors.of(new float[] {-0f, 1, 0.1f}, 3));
                assertArrayEquals(
                        raised ? new float[] {-0f, 1, 0.1f} : new float[] {Float.NaN, 2, INFINITE},
                        Tensors.floats(live));

                Tensor changed = Tensors.of(new float[] {-0f, 3}, 2);
                refusal.unlessRaised(List.of(changed), () -> changed.add_(new Scalar(Double.NaN)));
                assertArrayEquals(
                        raised ? new float[] {-0f, 3} : new float[] {Float.NaN, Float.NaN}, Tensors.floats(changed));

                Tensor multiplied = Tensors.of(new float[] {-0f, 3}, 2);
                refusal.multiply(multiplied, 0.1);
                assertArrayEquals(
                        raised ? new float[] {-0f, 3} : new float[] {-0f, 3 * 0.1f}, Tensors.floats(multiplied));

                Tensor counter = Tensors.ofLongs(new long[] {8}, 1);
                refusal.restore(counter, Tensors.ofLongs(new long[] {7}, 1));
                assertEquals(raised ? 7 : 8, Tensors.longs(counter)[0], "counters are integers");
            }
        }
    }
}
