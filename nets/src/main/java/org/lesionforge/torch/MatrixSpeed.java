package org.lesionforge.torch;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What the machine can do at most: the product of two large matrices in float32, by the library that the nets compute with. */
public final class MatrixSpeed {
    private static final int SIDE = 2048;
    private static final int RUNS = 8;

    private MatrixSpeed() {}

    /**
     * Multiplies a few times.
     *
     * @param compute where the matrices are
     * @return billions of additions and multiplications a second, of the best of a few runs
     */
    public static double gigaflops(Compute compute) {
        double best = Double.MAX_VALUE;
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor a = torch.ones(SIDE, SIDE).to(compute.device(), torch.ScalarType.Float);
            for (int i = 0; i < RUNS; i++) {
                long start = System.nanoTime();
                Tensors.item(torch.mm(a, a).narrow(0, 0, 1).narrow(1, 0, 1));
                best = Math.min(best, (System.nanoTime() - start) / 1e9);
            }
        }
        return 2.0 * SIDE * SIDE * SIDE / best / 1e9;
    }
}
