package org.lesionforge.generator.adversarial.net;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.generator.ImageClassifier;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet.Statistics;
import org.lesionforge.image.SquareImages;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/**
 * What a discriminator says of the class of images that has a logit for each, and one more for generated images: whether it takes them for real does
 * not count.
 */
public final class DiscriminatorClassifier implements ImageClassifier {
    /** Images per forward pass. */
    private static final int BATCH = 64;

    private final DiscriminatorNet net;
    private final int side;
    private final Compute compute;

    /**
     * Takes over a net.
     *
     * @param net on the device of {@code compute}
     * @param side of the images that it judges, in pixels
     * @param compute where it is
     */
    public DiscriminatorClassifier(DiscriminatorNet net, int side, Compute compute) {
        this.net = net;
        this.side = side;
        this.compute = compute;
        net.eval();
    }

    @Override
    public int side() {
        return side;
    }

    @Override
    public double[][] probabilities(SquareImages images) {
        double[][] probabilities = new double[images.size()][];
        for (int first = 0; first < images.size(); first += BATCH) {
            int count = Math.min(BATCH, images.size() - first);
            int[] some = new int[count];
            for (int i = 0; i < count; i++) {
                some[i] = first + i;
            }
            double[][] found = ofBatch(images.selected(some));
            System.arraycopy(found, 0, probabilities, first, count);
        }
        return probabilities;
    }

    private double[][] ofBatch(SquareImages images) {
        int count = images.size();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard();
                Arithmetic exact = compute.exact()) {
            Tensor x = Tensors.images(images.pixels(), count, side, compute.device());
            Tensor labels = Tensors.ofLongs(new long[count], count).to(compute.device(), ScalarType.Long);
            Tensor all = net.forward(x, labels, Statistics.KEEP);
            Tensor logits = all.narrow(1, 0, all.size(1) - 1);
            // In float64, so that the probabilities of an image add up to 1.
            float[] values = Tensors.floats(logits);
            int classes = values.length / count;
            double[][] probabilities = new double[count][];
            for (int i = 0; i < count; i++) {
                probabilities[i] = softmax(values, i * classes, classes);
            }
            return probabilities;
        }
    }

    private static double[] softmax(float[] logits, int from, int classes) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            largest = Math.max(largest, logits[from + k]);
        }
        double[] shares = new double[classes];
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            shares[k] = Math.exp(logits[from + k] - largest);
            sum += shares[k];
        }
        for (int k = 0; k < classes; k++) {
            shares[k] /= sum;
        }
        return shares;
    }

    @Override
    public void close() {
        StateDict.free(net);
    }
}
