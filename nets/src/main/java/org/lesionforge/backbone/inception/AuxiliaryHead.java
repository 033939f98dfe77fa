package org.lesionforge.backbone.inception;

import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.torch.Layers;

/** A second classifier on the output of Mixed_6e, which brings gradient to the middle of the network in training. */
final class AuxiliaryHead extends Module {
    /** Smallest side for which a 5×5 pool of stride 3 leaves the 5×5 that {@code conv1} needs. */
    private static final long FULL_SIDE = 17;

    private final BasicConv2d conv0;
    private final BasicConv2d conv1;
    private final LinearImpl fc;

    AuxiliaryHead(int classes) {
        conv0 = register_module("conv0", new BasicConv2d(768, 128, new long[] {1, 1}, 1, new long[] {0, 0}));
        conv1 = register_module("conv1", new BasicConv2d(128, 768, new long[] {5, 5}, 1, new long[] {0, 0}));
        fc = register_module("fc", Layers.linear(768, classes, true));
    }

    /** @param x n × 768 × h × w, as Mixed_6e gives it; not closed */
    Tensor forward(Tensor x) {
        try (Tensor pooled = toFiveByFive(x);
                Tensor narrowed = conv0.forward(pooled);
                Tensor convolved = conv1.forward(narrowed);
                Tensor average = convolved.mean(2, 3)) {
            return fc.forward(average);
        }
    }

    BasicConv2d conv0() {
        return conv0;
    }

    BasicConv2d conv1() {
        return conv1;
    }

    LinearImpl fc() {
        return fc;
    }

    // torchvision's head fails on images below 299×299; spreading what there is over 5×5 lets it learn from them too.
    private Tensor toFiveByFive(Tensor x) {
        if (x.size(2) >= FULL_SIDE && x.size(3) >= FULL_SIDE) {
            return torch.avg_pool2d(x, new long[] {5, 5}, new long[] {3, 3}, new long[] {0, 0}, false, true, null);
        }
        return torch.adaptive_avg_pool2d(x, 5, 5);
    }
}
