package org.lesionforge.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.Seed;
import org.lesionforge.run.Alarm;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/** Steps that fail: they change nothing, are counted, halve the learning rate once, and end the training when that does not help. */
final class StepGuardTest {
    private static final GeneratorSpec<DcganOptions> SMALL = TinyTraining.NETS;
    private static final StepResult GOOD = new StepResult(Map.of("loss_d", 1.0, "loss_g", 1.0), false);
    private static final StepResult BAD = new StepResult(Map.of("loss_d", Double.NaN, "loss_g", 1.0), true);

    private final Generator generator = new Generator(SMALL.common(), SMALL.own(), new Seed(1));
    private final Discriminator discriminator = new Discriminator(SMALL.common(), SMALL.own(), new Seed(2));
    private final AdversarialStep step = DcganStep.of(generator, discriminator, SMALL);
    private final GenerativeModel model = SMALL.create(Compute.cpu());
    private final StepGuard guard = new StepGuard(model);

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
            return step.run(real, Tensors.of(z, 4, 8), 0);
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
            return Tensors.longs(update.adam().state().get("step"))[0];
        }
    }

    @Test
    void anExplodingGradientIsSkippedToo() {
        NetUpdate update = new NetUpdate(generator, Dcgan.recipe(SMALL.own()).adam());
        Map<String, float[]> before = values(generator);
        try (Scope scope = new Scope()) {
            Tensor z = Tensors.of(new UniformLatents(8).draw(new Seed(3), 0, 4), 4, 8);
            update.begin();
            Tensor loss = generator.forward(z).sum().mul(new Scalar(1e9));
            loss.backward();
            update.apply(Tensors.item(loss));
        }
        assertFalse(update.applied());
        assertTrue(update.gradient() > NetUpdate.LONGEST, "" + update.gradient());
        values(generator).forEach((name, numbers) -> assertArrayEquals(before.get(name), numbers, name));
    }

    @Test
    void theLearningRateIsHalvedOnceThenTrainingEnds() {
        List<Alarm> alarms = new ArrayList<>();
        int iteration = 1;
        for (; iteration <= 4; iteration++) {
            guard.see(BAD, iteration).ifPresent(alarms::add);
        }
        guard.see(GOOD, iteration++).ifPresent(alarms::add);
        assertEquals(1, alarms.size(), "the first of them alone is reported");
        assertTrue(guard.isReported(iteration));
        assertEquals(2e-4, model.learningRate());

        guard.see(BAD, iteration++).ifPresent(alarms::add); // the fifth
        assertEquals(2, alarms.size());
        assertEquals(1, alarms.get(1).since());
        assertEquals(6, alarms.get(1).iteration());
        assertTrue(
                alarms.get(1).seen().contains("5 of the last 6 steps"),
                alarms.get(1).seen());
        assertTrue(alarms.get(1).advice().contains("0.0001"), alarms.get(1).advice());
        assertFalse(guard.isReported(iteration), "the lower learning rate has its chance");
        assertEquals(1e-4, model.learningRate());
        assertFalse(guard.hasFailed());

        for (int i = 0; i < 5; i++) {
            guard.see(BAD, iteration++).ifPresent(alarms::add);
        }
        assertTrue(guard.hasFailed());
        assertEquals(4, alarms.size());
        assertTrue(
                alarms.get(3).advice().contains("lower learning rate"),
                alarms.get(3).advice());
        assertEquals(1e-4, model.learningRate());
        assertEquals(10, guard.state().skipped());
    }

    @Test
    void stepsSkippedLongAgoAreForgiven() {
        for (int i = 0; i < 20; i++) {
            guard.see(BAD, 1 + i * (StepGuard.MEMORY + 1));
        }
        assertEquals(2e-4, model.learningRate());
        assertEquals(20, guard.state().skipped());
        long last = guard.state().last();
        assertTrue(guard.isReported(last + StepGuard.MEMORY));
        assertFalse(guard.isReported(last + StepGuard.MEMORY + 1));
    }

    @Test
    void aHalvedLearningRateIsTakenUpAgain() {
        guard.restore(new StepGuard.State(7, 2, 40, 41, true));
        assertEquals(1e-4, model.learningRate());
        for (int i = 42; i <= 44; i++) {
            guard.see(BAD, i);
        }
        assertTrue(guard.hasFailed());
    }
}
