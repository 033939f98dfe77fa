package org.lesionforge.toy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.Meaning;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.ModelOptions;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * A family of generators that the program does not know: it learns one mean image, with momentum, and draws that image with noise. There is no second
 * net, no latent vector and no average of weights, and images may have sides that no power of two is.
 */
public final class ToyFamily implements ModelFamily<ToyFamily.Own> {
    /** What the program knows, and then this one. */
    public static final GeneratorZoo ZOO = new GeneratorZoo(List.of(GeneratorZoo.STANDARD.first(), new ToyFamily()));

    private static final double MOMENTUM = 0.5;

    /** Its own options. */
    public record Own(
            @Meaning("share of the way to a batch's mean that a step goes, above 0") double learningRate,
            @Meaning("deviation of the noise, of a range from -1 to 1") double noise)
            implements ModelOptions {}

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public String title() {
        return "Mean image";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(12, 20, 64);
    }

    @Override
    public Class<Own> optionsType() {
        return Own.class;
    }

    @Override
    public Own defaults() {
        return new Own(0.2, 0.1);
    }

    @Override
    public GenerativeModel create(GeneratorOptions common, Own own, Compute compute) {
        return new Model(common, own, compute);
    }

    @Override
    public Sampler load(GeneratorOptions common, Own own, Map<String, Tensor> snapshot, Compute compute) {
        Tensor mean = snapshot.get("mean");
        if (mean == null || mean.numel() != 3L * common.size() * common.size()) {
            throw new UnusableInputException("there is no mean image of " + common.size() + " pixels");
        }
        return new Draw(common.size(), Tensors.floats(mean), own.noise());
    }

    @Override
    public GeneratorSummary summary(GeneratorOptions common, Own own) {
        long values = 3L * common.size() * common.size();
        ModelSummary layers = new ModelSummary(
                List.of(new ModelSummary.Row("mean", "one image", 3, common.size(), values, common.size(), 0)));
        return new GeneratorSummary(
                List.of(new GeneratorSummary.Net("generator", "reaches", layers)),
                new GeneratorSummary.Memory(8 * values, 0, 4 * values * common.batch()),
                values * 1e-9);
    }

    private static final class Model implements GenerativeModel {
        private final GeneratorOptions common;
        private final Own own;
        private final Tensor mean;
        private final Tensor velocity;
        private double rate;

        Model(GeneratorOptions common, Own own, Compute compute) {
            this.common = common;
            this.own = own;
            rate = own.learningRate();
            mean = torch.zeros(3, common.size(), common.size()).to(compute.device(), torch.ScalarType.Float);
            velocity = torch.zeros_like(mean);
        }

        /** Goes a random share of its way, so that a training that is resumed must draw as one that was not. */
        @Override
        public StepResult step(Batch batch, long iteration) {
            double share =
                    new Seed(common.seed()).of("toy").at(iteration).random().nextDouble();
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                Tensor way = batch.images().mean(0).sub(mean);
                velocity.mul_(new Scalar(MOMENTUM)).add_(way, new Scalar(rate * share));
                mean.add_(velocity);
                double loss = way.mul(way).mean().item().toDouble();
                return new StepResult(
                        new TreeMap<>(Map.of(
                                "loss", loss, "brightness", mean.mean().item().toDouble())),
                        false);
            }
        }

        @Override
        public Map<GeneratorWeights, Sampler> samplers() {
            return Map.of(GeneratorWeights.RAW, new Draw(common.size(), Tensors.floats(mean), own.noise()));
        }

        @Override
        public Map<GeneratorWeights, Map<String, Tensor>> snapshots() {
            return Map.of(GeneratorWeights.RAW, Map.of("mean", mean));
        }

        @Override
        public Map<String, Tensor> tensors() {
            return Map.of("mean", mean, "velocity", velocity);
        }

        @Override
        public void restore(Map<String, Tensor> tensors, JsonNode memo) {
            try (NoGradGuard noGradient = new NoGradGuard()) {
                mean.copy_(Objects.requireNonNull(tensors.get("mean")));
                velocity.copy_(Objects.requireNonNull(tensors.get("velocity")));
            }
        }

        @Override
        public double learningRate() {
            return rate;
        }

        @Override
        public void scaleLearningRate(double factor) {
            rate *= factor;
        }

        @Override
        public void close() {
            mean.close();
            velocity.close();
        }
    }

    private record Draw(int side, float[] mean, double noise) implements Sampler {
        @Override
        public int channels() {
            return 3;
        }

        @Override
        public byte[] pixels(Seed seed, long first, int count, int label) {
            int plane = side * side;
            byte[] pixels = new byte[count * mean.length];
            for (int i = 0; i < count; i++) {
                SplittableRandom random = seed.at(first + i).random();
                for (int at = 0; at < mean.length; at++) {
                    double value = mean[at % 3 * plane + at / 3] + noise * random.nextGaussian();
                    pixels[i * mean.length + at] = (byte) Math.round(127.5 * (Math.max(-1, Math.min(1, value)) + 1));
                }
            }
            return pixels;
        }
    }
}
