package org.lesionforge.generator.adversarial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.training.TinyTraining;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganDiscriminator;
import org.lesionforge.generator.zoo.dcgan.DcganGenerator;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** Steps that fail change nothing. */
final class FailedStepTest {
    private static final GeneratorSpec<DcganOptions> SMALL = TinyTraining.NETS;

    private final DcganGenerator generator = new DcganGenerator(SMALL.common(), SMALL.own(), new Seed(1));
    private final DcganDiscriminator discriminator = new DcganDiscriminator(SMALL.common(), SMALL.own(), new Seed(2));
    private final AdversarialStep step = DcganStep.of(generator, discriminator, SMALL);

    private static Map<String, float[]> values(Module net) {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (Scope scope = new Scope()) {
            StateDict.of(net).forEach((name, tensor) -> values.put(name, Tensors.floats(tensor)));
        }
        return values;
    }

    private StepResult run(float pixel, float latent) {
        float[] pixels = new float[4 * 3 * 16 * 16];
        Arrays.fill(pixels, pixel);
        float[] z = new UniformLatents(8).draw(new Seed(3), 0, 4);
        z[0] = latent;
        try (Scope scope = new Scope()) {
            Tensor real = Tensors.of(pixels, 4, 3, 16, 16);
            return step.run(real, NoLabels.of(4), Tensors.of(z, 4, 8), 0);
        }
    }

    @Test
    void aStepThatIsNoNumberLeavesTheNetAsItWas() {
        Map<String, float[]> discriminatorBefore = values(discriminator);
        Map<String, float[]> generatorBefore = values(generator);
        // A real image without numbers spoils the discriminator's step alone.
        StepResult outcome = run(Float.NaN, 0.5f);
        assertTrue(outcome.skipped());
        assertTrue(Double.isNaN(outcome.number("gradient_d")), outcome.toString());
        assertTrue(Double.isFinite(outcome.number("gradient_g")), outcome.toString());
        values(discriminator)
                .forEach((name, numbers) -> assertArrayEquals(discriminatorBefore.get(name), numbers, name));
        assertEquals(0, adamSteps(step.discriminatorUpdate()));
        assertEquals(1, adamSteps(step.generatorUpdate()));

        // A latent without numbers spoils both, and batch norm's running statistics on the way.
        Map<String, float[]> generatorAfter = values(generator);
        assertFalse(Arrays.equals(generatorBefore.get("up0.weight"), generatorAfter.get("up0.weight")));
        assertTrue(run(0.5f, Float.NaN).skipped());
        values(generator).forEach((name, numbers) -> assertArrayEquals(generatorAfter.get(name), numbers, name));
        values(discriminator)
                .forEach((name, numbers) -> assertArrayEquals(discriminatorBefore.get(name), numbers, name));

        assertFalse(run(0.5f, 0.5f).skipped(), "and training continues");
    }

    private static long adamSteps(NetUpdate update) {
        try (Scope scope = new Scope()) {
            return Tensors.longs(update.optimizer().state().get("step"))[0];
        }
    }

    @Test
    void anExplodingGradientIsSkippedToo() {
        NetUpdate update =
                new NetUpdate(generator, Dcgan.FAMILY.recipe(SMALL.own()).optimizer());
        Map<String, float[]> before = values(generator);
        try (Scope scope = new Scope()) {
            Tensor z = Tensors.of(new UniformLatents(8).draw(new Seed(3), 0, 4), 4, 8);
            update.begin();
            Tensor loss = generator.forward(z, NoLabels.of(4)).sum().mul(new Scalar(1e9));
            loss.backward();
            NetUpdate.Done done = update.apply(List.of(loss));
            assertEquals(1, Tensors.item(done.refused()));
            double gradient = Gradients.norm(Tensors.floats(done.norms()));
            assertTrue(gradient > NetUpdate.LONGEST, "" + gradient);
        }
        values(generator).forEach((name, numbers) -> assertArrayEquals(before.get(name), numbers, name));
    }
}
