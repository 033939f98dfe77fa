package org.lesionforge.classifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.image.SquareImages;
import org.lesionforge.image.Symmetry;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * Class activation maps (Zhou et al. 2016) of a network's last block. Where behind it are nothing but a global average and a linear layer,
 * Grad-CAM (Selvaraju et al. 2017) is the same map, needs no gradient, and is exact: the cells add up to what the classifier says. The
 * part that Grad-CAM cuts off, what speaks against the class, is kept. Of a classifier that sees several views of an image it is the mean of
 * their maps, each turned back.
 *
 * @param views how many symmetries of an image the classifier sees
 */
record ClassActivation(Backbone net, int size, int views, Inference inference) {
    /** @param chosen few: they go through the net at once */
    List<ActivationMap> of(LabelledImages images, int[] chosen, int label) {
        SquareImages upright = images.at(size).selected(chosen);
        List<ActivationMap> means = maps(upright.pixels(), chosen.length, label);
        for (int view = 1; view < views; view++) {
            Symmetry symmetry = Symmetry.of(view);
            byte[] pixels = new FrozenFeatures.Seen(upright, symmetry).pixels();
            List<ActivationMap> maps = maps(pixels, chosen.length, label);
            for (int i = 0; i < chosen.length; i++) {
                add(means.get(i).values(), maps.get(i), symmetry.inverse());
            }
        }
        means.forEach(map -> divide(map.values()));
        return means;
    }

    private static void add(float[] sum, ActivationMap map, Symmetry turned) {
        double[] values =
                IntStream.range(0, sum.length).mapToDouble(k -> map.values()[k]).toArray();
        double[] laid = turned.apply(values, map.side());
        for (int k = 0; k < sum.length; k++) {
            sum[k] += (float) laid[k];
        }
    }

    private void divide(float[] sum) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] /= views;
        }
    }

    private List<ActivationMap> maps(byte[] pixels, int n, int label) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard();
                Arithmetic exact = inference.exact()) {
            Tensor activations = net.activations(inference.input(pixels, n, size));
            Tensor weights = Tensors.of(weights(label), 1, net.featureCount(), 1, 1)
                    .to(activations.device(), activations.scalar_type());
            Tensor maps = activations.mul(weights).sum(1);
            int side = (int) Tensors.shape(maps)[1];
            float[] values = Tensors.floats(maps);
            List<ActivationMap> evidence = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                evidence.add(
                        new ActivationMap(side, Arrays.copyOfRange(values, i * side * side, (i + 1) * side * side)));
            }
            return evidence;
        }
    }

    /** Of the class, less the mean of the others': softmax sees differences of logits alone. */
    private float[] weights(int label) {
        float[] all = Tensors.floats(net.head().weight());
        int dimensions = net.featureCount();
        int classes = all.length / dimensions;
        float[] weights = new float[dimensions];
        for (int k = 0; k < dimensions; k++) {
            double others = 0;
            for (int c = 0; c < classes; c++) {
                others += c == label ? 0 : all[c * dimensions + k];
            }
            weights[k] = (float) (all[label * dimensions + k] - others / (classes - 1));
        }
        return weights;
    }
}
