package org.lesionforge.classifier.recipe;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.torch.Tensors;

/** What training makes small: the mean cross-entropy, with weighted classes where that is asked for. */
public final class Loss {
    // libtorch's at::Reduction::Sum, and its default for labels to leave out.
    private static final long SUM = 2;
    private static final long NONE_LEFT_OUT = -100;

    private final double auxiliaryWeight;
    private final Optional<float[]> weights;

    /**
     * Makes the loss of a training.
     *
     * @param auxiliaryWeight of the auxiliary head's loss, beside 1 of the last layer's
     * @param weighted whether every class counts the same, however many images it has
     * @param counts training images of each class
     */
    public Loss(double auxiliaryWeight, boolean weighted, int[] counts) {
        this(auxiliaryWeight, weighted ? Optional.of(ClassWeights.balanced(counts)) : Optional.empty());
    }

    /**
     * Makes the loss of a training whose images have weights of their own.
     *
     * @param auxiliaryWeight of the auxiliary head's loss, beside 1 of the last layer's
     * @param classWeights of each class; empty where all are 1
     */
    public Loss(double auxiliaryWeight, Optional<float[]> classWeights) {
        this.auxiliaryWeight = auxiliaryWeight;
        weights = classWeights;
    }

    /**
     * The mean over the images of their weighted cross-entropy.
     *
     * @param logits n × classes
     * @param truth n class indices, or n × classes probabilities: of an image with several classes, each class's share has that class's weight; a row that
     *     does not add up to 1 weighs what it adds up to
     * @return one number, in nats
     */
    public Tensor of(Tensor logits, Tensor truth) {
        if (weights.isEmpty()) {
            return torch.cross_entropy_loss(logits, truth);
        }
        // Not PyTorch's weighted mean: that divides by the weights of a micro-batch, whose gradients would no longer
        // add up to the batch's.
        Tensor perClass =
                Tensors.send(Tensors.of(weights.get(), weights.get().length), logits.device(), torch.ScalarType.Float);
        return torch.cross_entropy_loss(logits, truth, new TensorOptional(perClass), SUM, NONE_LEFT_OUT, 0)
                .div(new Scalar((double) truth.size(0)));
    }

    /**
     * Adds the share of each auxiliary head that the net has.
     *
     * @param main the last layer's loss
     * @param output of the net
     * @param truth as for {@link #of}
     * @return one number, in nats
     */
    public Tensor withAuxiliary(Tensor main, Backbone.Output output, Tensor truth) {
        Tensor sum = main;
        for (Tensor logits : output.auxiliaryLogits()) {
            sum = sum.add(of(logits, truth), new Scalar(auxiliaryWeight));
        }
        return sum;
    }
}
