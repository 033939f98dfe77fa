package org.lesionforge.classifier.recipe;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.training.Range;

/**
 * What makes labels less certain than one class: smoothing, and the mixing of images. 0 turns each off.
 *
 * @param labelSmoothing share of a label that is spread over all classes alike (Szegedy et al. 2015, arXiv 1512.00567), in [0, 1)
 * @param mixup α of MixUp, at least 0: two images are blended with shares from Beta(α, α) (Zhang et al. 2017, arXiv 1710.09412)
 * @param cutmix α of CutMix, at least 0: a patch of another image takes a share of the area from Beta(α, α) (Yun et al. 2019, arXiv 1905.04899)
 * @param mixProbability share of the batches that are mixed where either way is on, 0 to 1; where both are, half of them in each
 */
public record SoftLabels(double labelSmoothing, double mixup, double cutmix, double mixProbability) {
    /** Every label is one class. */
    public static final SoftLabels NONE = new SoftLabels(0, 0, 0, 1);

    /**
     * Refuses what labels cannot be.
     *
     * @param labelSmoothing in [0, 1)
     * @param mixup at least 0
     * @param cutmix at least 0
     * @param mixProbability 0 to 1
     * @throws IllegalArgumentException when a value is outside its range; the message gives both
     */
    public SoftLabels {
        Range.require(
                labelSmoothing >= 0 && labelSmoothing < 1,
                "the classifier's label smoothing",
                "in [0, 1)",
                labelSmoothing);
        Range.require(isAlpha(mixup), "the classifier's MixUp's alpha", "0 for none, or above", mixup);
        Range.require(isAlpha(cutmix), "the classifier's CutMix's alpha", "0 for none, or above", cutmix);
        Range.require(
                mixProbability >= 0 && mixProbability <= 1,
                "the classifier's probability of mixing",
                "0 to 1",
                mixProbability);
    }

    private static boolean isAlpha(double value) {
        return value >= 0 && Double.isFinite(value);
    }

    /** {@return whether any batch is mixed} */
    public boolean mixes() {
        return mixProbability > 0 && (mixup > 0 || cutmix > 0);
    }

    /** {@return whether any label is other than one class} */
    public boolean soft() {
        return labelSmoothing > 0 || mixes();
    }

    /**
     * Labels as probabilities, smoothed and not yet mixed.
     *
     * @param labels n class indices
     * @param classes how many there are
     * @return n × classes, on the CPU; each row adds up to 1
     */
    public Tensor of(long[] labels, int classes) {
        try (Scope scope = new Scope()) {
            Tensor certain = torch.one_hot(Tensors.ofLongs(labels, labels.length), classes)
                    .to(ScalarType.Float);
            return scope.keep(certain.mul_(new Scalar(1 - labelSmoothing)).add_(new Scalar(labelSmoothing / classes)));
        }
    }

    /**
     * How a batch is mixed.
     *
     * @param seed of this batch; nothing else decides
     * @param side of its images, in pixels
     * @return the same for all its images
     */
    public Mix draw(Seed seed, int side) {
        SplittableRandom random = seed.random();
        if (!mixes() || random.nextDouble() >= mixProbability) {
            return Mix.NONE;
        }
        boolean cut = mixup == 0 || (cutmix > 0 && random.nextBoolean());
        double own = new SymmetricBeta(cut ? cutmix : mixup).draw(random);
        return cut ? Mix.cut(1 - own, side, random) : Mix.blend(own);
    }
}
