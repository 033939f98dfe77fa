package org.lesionforge.generator.training;

import java.util.Optional;
import org.lesionforge.image.Images;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.FeatureExtractor;

/** One feature: the mean of all bytes. The Fréchet distance is then (μ₁ − μ₂)² + (σ₁ − σ₂)². */
final class Brightness implements FeatureExtractor {
    @Override
    public String distanceName() {
        return "fd[brightness]";
    }

    @Override
    public Optional<String> logitsMissingReason() {
        return Optional.of("brightness has no classes");
    }

    @Override
    public Activations extract(Images images) {
        float[] means = new float[images.size()];
        byte[] pixels = new byte[images.width(0) * images.height(0) * 3];
        for (int i = 0; i < means.length; i++) {
            images.read(i, pixels, 0);
            means[i] = of(pixels, 0, pixels.length);
        }
        return new Activations(new FeatureArray(means.length, 1, means), Optional.empty());
    }

    static float of(byte[] pixels, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += pixels[i] & 0xFF;
        }
        return (float) (sum / length);
    }
}
