package org.lesionforge;

import java.nio.charset.StandardCharsets;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.torch.Tensors;

/** The numbers that the golden files were computed with: they follow from a name, by integers only (golden/zoo/README.md). */
public final class NamedNumbers {
    private NamedNumbers() {}

    /**
     * {@return numbers in [−1, 1) times {@code scale}}
     *
     * @param name whose bytes are the seed, by FNV-1a
     * @param shape in row-major order
     */
    public static Tensor of(String name, double scale, long... shape) {
        long seed = 0xcbf29ce484222325L;
        for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
            seed = (seed ^ (letter & 0xff)) * 0x100000001b3L;
        }
        int count = 1;
        for (long extent : shape) {
            count = Math.multiplyExact(count, (int) extent);
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * uniform(seed + (i + 1) * 0x9E3779B97F4A7C15L));
        }
        return Tensors.of(values, shape);
    }

    /** Splitmix64, and its upper 24 bits as a number in [−1, 1). */
    private static double uniform(long state) {
        long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 40) / (double) (1 << 23) - 1;
    }
}
