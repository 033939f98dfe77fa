package org.lesionforge.generator.adversarial;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * R1 (Mescheder et al. 2018, arXiv 1801.04406): γ/2 · E‖∇ₓD(x)‖² on real images as the discriminator sees them, D(x)
 * being its logit. Lazy (Karras et al. 2020, appendix B): every {@code every} iterations, that many times as strong.
 *
 * @param gamma γ; 0 for no penalty
 * @param every iterations from one penalty to the next, at least 1
 */
public record R1Penalty(double gamma, int every) implements Penalty {
    /** No penalty. */
    public static final R1Penalty NONE = new R1Penalty(0, 1);

    @Override
    public boolean isDue(long iteration) {
        return gamma > 0 && iteration % every == 0;
    }

    @Override
    public Tensor of(Tensor gradients) {
        return gradients.square().sum().mul(new Scalar(gamma / 2 * every / gradients.size(0)));
    }
}
