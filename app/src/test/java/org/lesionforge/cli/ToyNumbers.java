package org.lesionforge.cli;

import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.image.RgbImage;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;

/** What {@link org.lesionforge.backbone.zoo.ToyBackbone} computes, written out in loops over a file of its weights. */
final class ToyNumbers {
    private static final double[] DIVISORS = {60, 50, 40};
    private static final double[] SHIFTS = {3, 2.8, 3};

    private final Safetensors weights;

    ToyNumbers(Path file) {
        weights = Safetensors.open(file);
    }

    /** Logit by logit. */
    double[] logits(RgbImage image) {
        double[] features = features(image, "stem", "body");
        float[] weight = values("out.weight");
        float[] bias = values("out.bias");
        double[] logits = new double[bias.length];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = bias[c];
            for (int k = 0; k < features.length; k++) {
                logits[c] += weight[c * features.length + k] * features[k];
            }
        }
        return logits;
    }

    /** Behind the last of some layers: the mean of each of its channels. */
    double[] features(RgbImage image, String... layers) {
        double[][][] map = new double[3][image.height()][image.width()];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < image.height(); y++) {
                for (int x = 0; x < image.width(); x++) {
                    map[c][y][x] = image.value(x, y, c) / DIVISORS[c] - SHIFTS[c];
                }
            }
        }
        for (String layer : layers) {
            map = step(map, layer);
        }
        double[] means = new double[map.length];
        for (int c = 0; c < map.length; c++) {
            for (double[] row : map[c]) {
                for (double value : row) {
                    means[c] += value / (map[c].length * row.length);
                }
            }
        }
        return means;
    }

    /** Kernels of 3×3, every second place, then batch normalisation and what is above 0. */
    private double[][][] step(double[][][] in, String layer) {
        float[] kernel = values(layer + ".kernel.weight");
        float[] gain = values(layer + ".norm.weight");
        float[] shift = values(layer + ".norm.bias");
        float[] mean = values(layer + ".norm.running_mean");
        float[] variance = values(layer + ".norm.running_var");
        int side = (in[0].length - 3) / 2 + 1;
        double[][][] out = new double[gain.length][side][side];
        for (int o = 0; o < out.length; o++) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    double sum = 0;
                    for (int i = 0; i < in.length; i++) {
                        for (int k = 0; k < 9; k++) {
                            sum += kernel[(o * in.length + i) * 9 + k] * in[i][2 * y + k / 3][2 * x + k % 3];
                        }
                    }
                    double normalised = (sum - mean[o]) / Math.sqrt(variance[o] + 1e-5);
                    out[o][y][x] = Math.max(0, normalised * gain[o] + shift[o]);
                }
            }
        }
        return out;
    }

    float[] values(String name) {
        try (Tensor tensor = weights.tensor(name)) {
            return Tensors.floats(tensor);
        }
    }
}
