package org.lesionforge.generator.zoo.ddpm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

final class GuidanceTest {
    @Test
    void theWeightGoesFromAnyImageToTheClassAndBeyond() {
        Ddim.Denoiser ofClass = (images, time) -> images.mul(new Scalar(3.0));
        Ddim.Denoiser ofAny = (images, time) -> images.add(new Scalar(1.0));
        try (Scope scope = new Scope()) {
            Tensor x = Tensors.of(new float[] {0.5f, -2}, 2, 1, 1, 1);
            // Of any: 1.5 and −1; of the class: 1.5 and −6.
            assertSame(ofAny, DdpmSampler.guided(ofClass, ofAny, 0));
            assertSame(ofClass, DdpmSampler.guided(ofClass, ofAny, 1));
            for (double weight : new double[] {0.25, 2, 3.5}) {
                assertArrayEquals(
                        new float[] {1.5f, (float) (-1 + weight * -5)},
                        Tensors.floats(
                                DdpmSampler.guided(ofClass, ofAny, weight).noise(x, 7)),
                        1e-5f);
            }
        }
    }

    @Test
    void aTenthOfTheLabelsIsNotTold() {
        long[] labels = new long[20_000];
        Arrays.fill(labels, 1);
        long[] told;
        try (Scope scope = new Scope()) {
            Tensor batch = Tensors.ofLongs(labels, labels.length);
            told = Tensors.longs(DdpmModel.told(batch, new Seed(4)));
            assertArrayEquals(labels, Tensors.longs(batch), "the batch stays as it was");
        }
        long hidden = Arrays.stream(told)
                .filter(label -> label == LabelEmbedding.NONE)
                .count();
        assertEquals(
                labels.length - hidden,
                Arrays.stream(told).filter(label -> label == 1).count());
        // 2,000 with a deviation of 42.
        assertEquals(2000, (double) hidden, 4 * 42.4);
    }

    /** Tensors of the device "meta" have no values: whoever asks for one, as he would wait for a card, fails. */
    @Test
    void labelsAreNotReadBackFromTheDevice() {
        Device unreadable = new Device("meta");
        try (Scope scope = new Scope()) {
            Tensor labels = Tensors.ofLongs(new long[] {0, 1, 1}, 3).to(unreadable, ScalarType.Long);
            Tensor told = DdpmModel.told(labels, new Seed(4));
            assertTrue(told.is_meta());
            assertThrows(RuntimeException.class, () -> Tensors.longs(told));
        }
    }
}
