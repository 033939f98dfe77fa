package org.lesionforge.generator.adversarial.net;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Minibatch standard deviation (Karras et al. 2018, arXiv 1710.10196, section 3): one more feature map, constant, that
 * holds the standard deviation over the batch, averaged over channels and places. It is small for a batch of similar
 * images.
 */
public final class MinibatchStd {
    /** Keeps the root differentiable where all images are alike. */
    private static final double EPS = 1e-8;

    private MinibatchStd() {}

    /**
     * Appends the map.
     *
     * @param features n × channels × height × width
     * @return n × (channels + 1) × height × width
     */
    public static Tensor append(Tensor features) {
        Tensor variance = features.var(new long[] {0}, false, false);
        Tensor deviation = variance.add(new Scalar(EPS)).sqrt().mean();
        Tensor map = deviation.expand(features.size(0), 1, features.size(2), features.size(3));
        return torch.cat(new TensorVector(features, map), 1);
    }
}
