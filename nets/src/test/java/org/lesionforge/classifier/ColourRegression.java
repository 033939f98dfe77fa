package org.lesionforge.classifier;

import static org.lesionforge.classifier.RecipeTrainingTest.SIDE;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.nn.Dropout;
import org.lesionforge.torch.Tensors;

/** On the mean colours of images of one colour each. */
final class ColourRegression extends SoftmaxRegression {
    private final float[] values;

    /** @param values of the red channel of each image; the others are 0 */
    ColourRegression(float[] values, int[] labels, int microBatch) {
        super(linear(3, false), new Dropout(0.5), labels, microBatch);
        this.values = values;
    }

    @Override
    Tensor input(int[] images) {
        int area = SIDE * SIDE;
        float[] all = new float[images.length * 3 * area];
        for (int i = 0; i < images.length; i++) {
            Arrays.fill(all, i * 3 * area, (i * 3 + 1) * area, values[images[i]]);
        }
        return Tensors.of(all, images.length, 3, SIDE, SIDE);
    }

    @Override
    public Backbone.Output forward(Tensor input) {
        return super.forward(input.mean(2, 3));
    }

    /** Of the red channel in class 1; class 0 has its opposite. */
    float weight() {
        return weights()[3];
    }
}
