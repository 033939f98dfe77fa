package org.lesionforge.experiment.arm;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lesionforge.image.Images;
import org.lesionforge.image.RgbImage;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.Features;

/**
 * A classifier that makes of each image what was planted.
 *
 * @param confidence that it gives the class
 * @param seen what it sees in an image before its last layer; as many numbers in each
 */
public record PlantedJudge(ToDoubleFunction<RgbImage> confidence, Function<RgbImage, float[]> seen)
        implements ConfidenceFilter.Judge {
    @Override
    public String name() {
        return "the classifier in arms/none-seed0, asked for class malignant";
    }

    @Override
    public double[] confidences(Images images) {
        return IntStream.range(0, images.size())
                .mapToObj(images::image)
                .mapToDouble(confidence)
                .toArray();
    }

    @Override
    public Features features(Images images) {
        int dimensions = seen.apply(images.image(0)).length;
        float[] values = new float[dimensions * images.size()];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(seen.apply(images.image(i)), 0, values, i * dimensions, dimensions);
        }
        return new FeatureArray(images.size(), dimensions, values);
    }
}
