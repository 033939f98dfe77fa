package org.lesionforge.classifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * Class activation maps (Zhou et al. 2016) of a network's last block. Where behind it are nothing but a global average and a linear layer,
 * Grad-CAM (Selvaraju et al. 2017) is the same map, needs no gradient, and is exact: the cells add up to what the classifier says. The
 * part that Grad-CAM cuts off, what speaks against the class, is kept.
 */
record ClassActivation(Backbone net, int size, Inference inference) {
    /** @param chosen few: they go through the net at once */
    List<ActivationMap> of(LabelledImages images, int[] chosen, int label) {
        byte[] pixels = images.at(size).selected(chosen).pixels();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor activations = net.activations(inference.input(pixels, chosen.length, size));
            Tensor weights = Tensors.of(weights(label), 1, net.featureCount(), 1, 1)
                    .to(activations.device(), activations.scalar_type());
            Tensor maps = activations.mul(weights).sum(1);
            int side = (int) Tensors.shape(maps)[1];
            float[] values = Tensors.floats(maps);
            List<ActivationMap> evidence = new ArrayList<>();
            for (int i = 0; i < chosen.length; i++) {
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
