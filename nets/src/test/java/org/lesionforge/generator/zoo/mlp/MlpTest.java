package org.lesionforge.generator.zoo.mlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.ImageClassifier;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.SharedRemedies;
import org.lesionforge.image.SquareImages;
import org.lesionforge.io.Seed;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

final class MlpTest {
    private static final GeneratorSpec<MlpOptions> PLAIN = Mlp.FAMILY
            .preset(Preset.PAPER)
            .common(common -> common.size(8).batch(8).epochs(1));

    private static final GeneratorSpec<MlpOptions> WITH_HEAD = PLAIN.own(
                    own -> new MlpOptions(16, 1e-3, 0.5, true, SharedRemedies.NONE))
            .learning(2);

    /** Class 0 is dark, class 1 is bright. */
    private static byte[] pixels(int count, long seed) {
        byte[] pixels = new byte[count * 3 * 64];
        var random = new Seed(seed).random();
        for (int i = 0; i < pixels.length; i++) {
            int bright = i / (3 * 64) % 2 == 0 ? 20 : 150;
            pixels[i] = (byte) (bright + random.nextInt(80));
        }
        return pixels;
    }

    private static Batch batch(long seed) {
        Tensor images = Tensors.images(pixels(8, seed), 8, 8, Compute.cpu().device());
        return new Batch(images, Tensors.ofLongs(new long[] {0, 1, 0, 1, 0, 1, 0, 1}, 8), 100);
    }

    @Test
    void aHeadAddsALogitForEachClass() {
        assertEquals(
                257 * 3, WITH_HEAD.summary().nets().get(1).layers().row("judge").parameters());
        assertEquals(257, PLAIN.summary().nets().get(1).layers().row("judge").parameters());
    }

    @Test
    void theDiscriminatorLearnsTheClassesOfRealImages() {
        try (GenerativeModel model = WITH_HEAD.create(Compute.cpu())) {
            StepResult first = null;
            StepResult last = null;
            for (int i = 0; i < 60; i++) {
                try (Scope scope = new Scope()) {
                    last = model.step(batch(i), i);
                    first = first == null ? last : first;
                }
            }
            assertEquals(
                    List.of("loss_d", "loss_g", "loss_class", "d_real", "d_fake", "gradient_d", "gradient_g"),
                    List.copyOf(last.numbers().keySet()));
            assertEquals(Math.log(2), first.number("loss_class"), 0.2, "it knows nothing yet");
            assertTrue(last.number("loss_class") < 0.1, last.describe());
            ImageClassifier classifier;
            try (Scope scope = new Scope()) {
                Map<String, Tensor> snapshot = model.snapshots().get(GeneratorWeights.RAW);
                assertTrue(
                        snapshot.containsKey("discriminator.judge.weight"),
                        snapshot.keySet().toString());
            }
            Map<String, Tensor> snapshot = model.snapshots().get(GeneratorWeights.RAW);
            classifier = WITH_HEAD.classifier(snapshot, Compute.cpu()).orElseThrow();
            try (classifier) {
                assertEquals(8, classifier.side());
                double[][] found = classifier.probabilities(SquareImages.of(pixels(70, 99), 8));
                assertEquals(70, found.length);
                for (int i = 0; i < 70; i++) {
                    assertEquals(1, found[i][0] + found[i][1], 1e-12);
                    assertTrue(found[i][i % 2] > 0.5, "image " + i + ": " + found[i][i % 2]);
                }
            }
            assertTrue(PLAIN.classifier(snapshot, Compute.cpu()).isEmpty());
        }
    }

    @Test
    void aClassifierNeedsTwoClasses() {
        String message = assertThrows(IllegalArgumentException.class, () -> WITH_HEAD.learning(1))
                .getMessage();
        assertTrue(message.contains("at least 2") && message.contains("got 1"), message);
        assertEquals(1, PLAIN.learning(3).common().classCount(), "to a plain one they are one class");
        assertEquals(3, WITH_HEAD.learning(3).common().classCount());
    }

    /** Features that vary by less than 0.8 come out of batch norm with deviation 1 all the same. */
    @Test
    void batchNormDoesNotMuteSmallFeatures() {
        MlpGenerator generator = new MlpGenerator(PLAIN.common(), PLAIN.own(), new Seed(1));
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            float[] values = new float[64 * 100];
            var random = new Seed(2).random();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            Tensor z = Tensors.of(values, 64, 100);
            Tensor labels = Tensors.ofLongs(new long[64], 64);
            float[] images = Tensors.floats(generator.forward(z, labels));
            // Halving the first layer halves what the second normalises; the images stay.
            Map<String, Tensor> parameters = StateDict.parameters(generator);
            parameters.get("layer0.weight").mul_(new Scalar(0.5));
            parameters.get("layer0.bias").mul_(new Scalar(0.5));
            assertArrayEquals(images, Tensors.floats(generator.forward(z, labels)), 0.01f);
        } finally {
            StateDict.free(generator);
        }
    }

    /** PyTorch's own: ±1/√n, of which the deviation is 1/√(3n). */
    @Test
    void weightsAreDrawnAsPyTorchDoes() {
        MlpDiscriminator net = new MlpDiscriminator(PLAIN.common(), 1, new Seed(1));
        try (Scope scope = new Scope()) {
            Map<String, Tensor> parameters = StateDict.parameters(net);
            float[] weights = Tensors.floats(parameters.get("layer0.weight"));
            double bound = 1 / Math.sqrt(192);
            double squares = 0;
            for (float weight : weights) {
                assertTrue(Math.abs(weight) <= bound);
                squares += weight * weight;
            }
            assertEquals(bound / Math.sqrt(3), Math.sqrt(squares / weights.length), 1e-3);
            for (float bias : Tensors.floats(parameters.get("layer0.bias"))) {
                assertTrue(Math.abs(bias) <= bound && bias != 0);
            }
        } finally {
            StateDict.free(net);
        }
    }
}
