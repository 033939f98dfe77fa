package org.lesionforge.generator.zoo.lapgan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.UniformLatents;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet.Statistics;
import org.lesionforge.io.Seed;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Alarm;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** What a level above the coarsest learns with. */
final class LevelTest {
    private static final ClassPlanes NO_CLASSES = new ClassPlanes(0);

    /** By hand: 7·7·(1+3)·64 + 64, 7·7·64·64 + 64, 5·5·64·3 + 3; 5·5·3·64 + 64, 5·5·64·64 + 64, 64·12·12 + 1. */
    @Test
    void theNetsHaveThePublishedParameters() {
        ResidualGenerator generator = new ResidualGenerator(32, 3, 64, NO_CLASSES, new Seed(0));
        ResidualDiscriminator discriminator = new ResidualDiscriminator(32, 3, 64, NO_CLASSES, new Seed(0));
        assertEquals(218_179, StateDict.parameterCount(generator));
        assertEquals(116_545, StateDict.parameterCount(discriminator));
        assertEquals(218_179, generator.summary().parameters());
        assertEquals(116_545, discriminator.summary().parameters());
        // What is behind the first layer reaches 1 + 6 + 4 pixels of the image; 1 + 4 + 4 are seen before the logit.
        assertEquals(11, generator.summary().row("conv0").patch());
        assertEquals(9, discriminator.summary().row("conv1").patch());
        assertEquals(12, discriminator.summary().row("conv1").side());
        StateDict.free(generator);
        StateDict.free(discriminator);
    }

    @Test
    void whatIsDroppedFollowsFromTheSeed() {
        ResidualDiscriminator net = new ResidualDiscriminator(16, 1, 4, NO_CLASSES, new Seed(1));
        try (Scope scope = new Scope()) {
            Tensor images = Tensors.of(new UniformLatents(256).draw(new Seed(2), 0, 3), 3, 1, 16, 16);
            Tensor labels = Tensors.ofLongs(new long[3], 3);
            float[] first = dropping(net, 5, images, labels);
            assertFalse(Arrays.equals(first, dropping(net, 6, images, labels)));
            assertArrayEquals(first, dropping(net, 5, images, labels));
            net.eval();
            float[] whole = dropping(net, 5, images, labels);
            assertArrayEquals(whole, dropping(net, 6, images, labels), "nothing is dropped in evaluation");
        }
        net.closeDropout();
        StateDict.free(net);
    }

    /** Planes before one pixel: (value, 1, 0) of class 0, (value, 0, 1) of class 1. */
    @Test
    void aClassIsAPlaneOfOnes() {
        try (Scope scope = new Scope()) {
            Tensor maps = Tensors.of(new float[] {5, 6}, 2, 1, 1, 1);
            Tensor labels = Tensors.ofLongs(new long[] {0, 1}, 2);
            assertArrayEquals(new float[] {5, 1, 0, 6, 0, 1}, Tensors.floats(new ClassPlanes(2).append(maps, labels)));
            assertArrayEquals(new float[] {5, 6}, Tensors.floats(NO_CLASSES.append(maps, labels)));
        }
    }

    /** Two planes more go through the first layer of each net: 2·7·7·64, 2·5·5·64. */
    @Test
    void bothNetsSeeTheClass() {
        ResidualGenerator generator = new ResidualGenerator(32, 3, 64, new ClassPlanes(2), new Seed(0));
        ResidualDiscriminator discriminator = new ResidualDiscriminator(32, 3, 64, new ClassPlanes(2), new Seed(0));
        assertEquals(218_179 + 6_272, generator.summary().parameters());
        assertEquals(116_545 + 3_200, discriminator.summary().parameters());
        discriminator.eval();
        try (Scope scope = new Scope()) {
            Tensor image = Tensors.of(new UniformLatents(3 * 1024).draw(new Seed(2), 0, 1), 1, 3, 32, 32);
            Tensor first = discriminator.forward(image, Tensors.ofLongs(new long[] {0}, 1), Statistics.KEEP);
            Tensor second = discriminator.forward(image, Tensors.ofLongs(new long[] {1}, 1), Statistics.KEEP);
            assertFalse(Arrays.equals(Tensors.floats(first), Tensors.floats(second)));
        }
        discriminator.closeDropout();
        StateDict.free(generator);
        StateDict.free(discriminator);
    }

    private static float[] dropping(ResidualDiscriminator net, long seed, Tensor images, Tensor labels) {
        net.drop(new Seed(seed));
        return Tensors.floats(net.forward(images, labels, Statistics.UPDATE));
    }

    @Test
    void aLevelSeesNoiseAndTheCoarseImageOfARealOne() {
        try (Scope scope = new Scope()) {
            Tensor real = Tensors.of(new UniformLatents(2 * 64).draw(new Seed(2), 0, 3), 3, 2, 8, 8);
            UniformLatents plane = new UniformLatents(64);
            Tensor seen = new Conditioning(Pyramid.BOX, plane, 0, Compute.cpu()).of(real, new Seed(7));
            assertArrayEquals(new long[] {3, 3, 8, 8}, seen.shape());
            assertArrayEquals(plane.draw(new Seed(7), 0, 3), Tensors.floats(seen.narrow(1, 0, 1)));
            Tensor coarse = Pyramid.BOX.up(Pyramid.BOX.down(real));
            assertArrayEquals(Tensors.floats(coarse), Tensors.floats(seen.narrow(1, 1, 2)));

            Conditioning noisy = new Conditioning(Pyramid.BOX, plane, 0.1, Compute.cpu());
            Tensor disturbed = noisy.of(real, new Seed(7));
            assertArrayEquals(Tensors.floats(seen.narrow(1, 0, 1)), Tensors.floats(disturbed.narrow(1, 0, 1)));
            assertArrayEquals(Tensors.floats(disturbed), Tensors.floats(noisy.of(real, new Seed(7))));
            double most = Tensors.item(disturbed.sub(seen).abs().max());
            assertTrue(most > 0.001 && most < 0.6, "at most 0.1 standard deviations: " + most);
        }
    }

    @Test
    void descentIsAnnealedAsPublished() {
        assertEquals(0.5, AnnealedSgd.momentum(0));
        assertEquals(0.508, AnnealedSgd.momentum(10), 1e-12);
        assertEquals(0.7, AnnealedSgd.momentum(250), 1e-12);
        assertEquals(0.7, AnnealedSgd.momentum(10_000));
        assertEquals(1, AnnealedSgd.rateShare(0));
        assertEquals(0.9960080, AnnealedSgd.rateShare(1000), 1e-7, "1 / 1.000004¹⁰⁰⁰");
        // 49 epochs of one step: no epoch is lost to rounding.
        assertEquals(48, Level.epoch(48, 49, 49));
        assertEquals(2, Level.epoch(7, 12, 4));
    }

    private static StepResult won(int level) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("level", (double) level);
        numbers.put("loss_d", 0.01);
        numbers.put("loss_g", 9.0);
        numbers.put("d_real", 0.999);
        numbers.put("d_fake", 0.001);
        return new StepResult(numbers, false);
    }

    @Test
    void aDiscriminatorThatHasWonDoesNotCountAgainstTheNextLevel() {
        LevelRule rule = new LevelRule();
        Optional<Alarm> raised = Optional.empty();
        for (int iteration = 1; iteration <= 201; iteration++) {
            raised = rule.afterStep(won(0), iteration);
        }
        assertTrue(raised.orElseThrow().seen().startsWith("level 0: D(x)"), raised.toString());
        assertEquals(Optional.of(Alarm.Kind.DISCRIMINATOR_WINS), rule.holding(201));
        LevelRule restored = new LevelRule();
        restored.restore(Json.convert(rule.state(), JsonNode.class));
        assertEquals(Optional.of(Alarm.Kind.DISCRIMINATOR_WINS), restored.holding(201));
        for (LevelRule each : List.of(rule, restored)) {
            assertEquals(Optional.empty(), each.afterStep(won(1), 202));
            assertEquals(Optional.empty(), each.holding(202));
        }
        assertEquals(Json.line(rule.state()), Json.line(restored.state()));
        assertThrows(IllegalArgumentException.class, () -> restored.restore(Json.convert(Map.of(), JsonNode.class)));
    }
}
