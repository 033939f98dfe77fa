package org.lesionforge.generator.zoo.lapgan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.LatentSampler;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.training.GeneratorPlan;
import org.lesionforge.generator.zoo.dcgan.DcganGenerator;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

final class LapganTest {
    private static Tensor rows(List<float[]> vectors) {
        int length = vectors.get(0).length;
        float[] all = new float[vectors.size() * length];
        for (int i = 0; i < vectors.size(); i++) {
            System.arraycopy(vectors.get(i), 0, all, i * length, length);
        }
        return Tensors.of(all, vectors.size(), length);
    }

    /** After the coarsest level alone was trained, what is drawn follows from its vector, whatever the noise of the others. */
    @Test
    void aLevelThatIsNotTrainedAddsNothing() {
        try (GenerativeModel model = TinyLapgan.model()) {
            for (int i = 0; i < 3; i++) {
                TinyLapgan.step(model, i);
            }
            model.samplers().forEach((weights, sampler) -> {
                LatentSampler latents = (LatentSampler) sampler;
                List<float[]> z = List.of(latents.latent(new Seed(1), 0), latents.latent(new Seed(1), 1));
                assertEquals(8 + 16 * 16 + 32 * 32, z.get(0).length);
                float[] otherNoise = z.get(0).clone();
                Arrays.fill(otherNoise, 8, otherNoise.length, 0.5f);
                byte[] drawn = latents.pixels(z, 0);
                assertArrayEquals(drawn, latents.pixels(List.of(otherNoise, z.get(1)), 0), weights.word());
                float[] otherBase = z.get(0).clone();
                Arrays.fill(otherBase, 0, 8, 0.5f);
                assertFalse(Arrays.equals(drawn, latents.pixels(List.of(otherBase, z.get(1)), 0)), weights.word());
            });
        }
    }

    @Test
    void withoutDetailImagesAreTheCoarsestDoubled() {
        LapganOptions own = TinyLapgan.SPEC.own();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            DcganGenerator base =
                    new DcganGenerator(TinyLapgan.SPEC.common().with().size(8).build(), own.ofDcgan(), new Seed(1));
            PyramidGenerator pyramid = new PyramidGenerator(
                    List.of(
                            base,
                            new ResidualGenerator(16, 3, 4, new ClassPlanes(0), new Seed(2)),
                            new ResidualGenerator(32, 3, 4, new ClassPlanes(0), new Seed(3))),
                    own);
            pyramid.eval();
            assertFalse(base.is_training(), "the pyramid's levels are its own");
            Tensor z = rows(List.of(
                    own.latents(32).draw(new Seed(4), 0, 1), own.latents(32).draw(new Seed(4), 1, 1)));
            Tensor labels = Tensors.ofLongs(new long[2], 2);
            Tensor expected = Pyramid.BOX.up(Pyramid.BOX.up(base.forward(z.narrow(1, 0, 8), labels)));
            assertArrayEquals(Tensors.floats(expected), Tensors.floats(pyramid.forward(z, labels)), 0f);
        }
    }

    @Test
    void onlyTheLevelThatLearnsChanges() {
        try (GenerativeModel model = TinyLapgan.model()) {
            for (int level = 0; level < TinyLapgan.LEVELS; level++) {
                List<Map<String, float[]>> before =
                        List.of(TinyLapgan.values(model, 0), TinyLapgan.values(model, 1), TinyLapgan.values(model, 2));
                for (int i = 0; i < 2; i++) {
                    StepResult step = TinyLapgan.step(model, level * TinyLapgan.ITERATIONS + i);
                    assertEquals(level, step.number("level"));
                    assertFalse(step.skipped());
                    assertTrue(step.number("loss_d") > 0 && step.number("gradient_g") > 0, step.describe());
                }
                for (int other = 0; other < TinyLapgan.LEVELS; other++) {
                    boolean learns = other == level;
                    Map<String, float[]> after = TinyLapgan.values(model, other);
                    Set<String> changed = new TreeSet<>();
                    before.get(other).forEach((name, values) -> {
                        if (!Arrays.equals(values, after.get(name))) {
                            changed.add(name.split("\\.", -1)[1]);
                        }
                    });
                    assertEquals(
                            learns
                                    ? Set.of("generator", "ema", "discriminator", level == 0 ? "adam" : "sgd")
                                    : Set.of(),
                            changed,
                            "level " + other + " while " + level + " learns");
                }
            }
        }
    }

    /** Noise, mirrored images, what is dropped, the momentum: nothing but the tensors is remembered. */
    @Test
    void aStepOfAFinerLevelFollowsFromTheStateAndItsNumber() {
        try (GenerativeModel model = TinyLapgan.model();
                GenerativeModel restored = TinyLapgan.model()) {
            int last = 2 * TinyLapgan.ITERATIONS;
            TinyLapgan.step(model, last);
            try (Scope scope = new Scope()) {
                JsonNode memo = Json.convert(model.memo(), JsonNode.class);
                restored.restore(model.tensors(), memo);
                assertEquals(model.learningRate(), restored.learningRate());
                assertTrue(model.tensors().keySet().stream()
                        .anyMatch(name -> name.startsWith("level2.sgd.generator.momentum_buffer.")));
                assertTrue(
                        model.tensors().keySet().stream().anyMatch(name -> name.startsWith("level0.adam.generator.")));
                String refused = assertThrows(
                                UnusableInputException.class,
                                () -> restored.restore(model.tensors(), Json.convert(Map.of(), JsonNode.class)))
                        .getMessage();
                assertTrue(refused.contains("model.level") && refused.contains("from 0 to 2"), refused);
            }
            assertEquals(TinyLapgan.step(model, last + 1), TinyLapgan.step(restored, last + 1));
            TinyLapgan.values(model, 2)
                    .forEach((name, values) -> assertArrayEquals(
                            values, TinyLapgan.values(restored, 2).get(name), name));
            assertEquals(0.02, model.learningRate());
            model.scaleLearningRate(0.5);
            assertEquals(0.01, model.learningRate());
        }
    }

    @Test
    void valuesBeyondTheRangeAreClippedOnlyWhereTheyBecomeBytes() {
        try (GenerativeModel model = TinyLapgan.model()) {
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                Map<String, Tensor> raw = model.snapshots().get(GeneratorWeights.RAW);
                raw.get("level1.conv2.bias").fill_(new Scalar(5.0));
                // 5 above the coarse image, which the next level takes back.
                raw.get("level2.conv2.bias").fill_(new Scalar(-5.0));
            }
            byte[] taken = model.samplers().get(GeneratorWeights.RAW).pixels(new Seed(1), 0, 2, 0);
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                Map<String, Tensor> raw = model.snapshots().get(GeneratorWeights.RAW);
                raw.get("level1.conv2.bias").zero_();
                raw.get("level2.conv2.bias").zero_();
            }
            byte[] plain = model.samplers().get(GeneratorWeights.RAW).pixels(new Seed(1), 0, 2, 0);
            for (int i = 0; i < plain.length; i++) {
                assertEquals(plain[i] & 0xff, taken[i] & 0xff, 1);
            }
        }
    }

    @Test
    void eachLevelTakesAllEpochs() {
        assertEquals(3, TinyLapgan.SPEC.stages());
        assertEquals(4, TinyLapgan.SPEC.common(common -> common.size(64)).stages());
        // Ten images in batches of four: two iterations an epoch, two epochs a level.
        GeneratorPlan plan = GeneratorPlan.of(TinyLapgan.SPEC, 10, Compute.cpu());
        assertEquals(12, plan.iterations());
        assertTrue(plan.seconds() > 0);
        GeneratorSummary summary = TinyLapgan.SPEC.summary();
        assertEquals(
                "generator-8 discriminator-8 generator-16 discriminator-16 generator-32 discriminator-32",
                summary.nets().stream().map(GeneratorSummary.Net::name).collect(Collectors.joining(" ")));
    }

    @Test
    void theCoarsestImagesAreSmallerThanTheFinest() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> TinyLapgan.SPEC.own(own -> own.with().base(32).build()))
                .getMessage();
        assertTrue(message.contains("base must be below the size of 32 pixels") && message.endsWith("got 32"), message);
        assertThrows(
                IllegalArgumentException.class,
                () -> TinyLapgan.SPEC.own().with().base(12).build());
    }
}
