package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.StopAfter;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.run.Snapshot;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Computed;
import org.lesionforge.torch.Precision;
import org.lesionforge.torch.TestCard;

/** What of a training comes out again: on the CPU every number, on a card within the bounds of docs/guide/gpu.md. */
final class RepeatableTrainingTest {
    private static final int EPOCHS = 2;
    private static final int ITERATIONS = 4;

    @TempDir
    Path folder;

    @BeforeEach
    void prepare() throws IOException {
        TinyTraining.prepare(folder);
    }

    private TinyTraining training(Compute compute) {
        return TinyTraining.of(folder, EPOCHS, EPOCHS).on(compute);
    }

    /** The losses of a training from its beginning to its end. */
    private double[] losses(String name, Compute compute) throws IOException {
        Path run = folder.resolve(name);
        training(compute).run(run, TinyTraining.ALWAYS, Progress.SILENT);
        assertEquals(
                compute.computed(),
                GeneratorRun.open(run, GeneratorZoo.STANDARD).config().computed());
        return losses(run);
    }

    private static double[] losses(Path run) {
        List<Double> losses = new ArrayList<>();
        Json.readLines(run.resolve("stats.jsonl")).forEach(line -> {
            losses.add(line.get("loss_d").asDouble());
            losses.add(line.get("loss_g").asDouble());
        });
        assertEquals(2 * ITERATIONS, losses.size());
        return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The same where it is stopped after two iterations and resumed. */
    private double[] lossesOfResumed(String name, Compute compute) throws IOException {
        Path run = folder.resolve(name);
        assertThrows(InterruptedRunException.class, () -> training(compute)
                .run(run, TinyTraining.ALWAYS, new StopAfter("training the GAN, images", 4)));
        training(compute).run(run, TinyTraining.ALWAYS, Progress.SILENT);
        return losses(run);
    }

    private static void assertClose(double[] expected, double[] actual, double bound) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], bound * Math.abs(expected[i]), "loss " + i);
        }
    }

    @Test
    void onTheCpuASeedIsARunInEveryPrecision() throws IOException {
        for (Compute cpu : List.of(Compute.cpu(), cpu(Precision.BFLOAT16))) {
            String name = cpu.precision().word();
            double[] first = losses(name, cpu);
            assertArrayEquals(first, losses(name + "-again", cpu));
            assertArrayEquals(first, lossesOfResumed(name + "-resumed", cpu));
        }
    }

    private static Compute cpu(Precision precision) {
        return Compute.of("cpu", Optional.of(precision));
    }

    /** The device may change: the steps that follow are those that would have followed, in the same precision. */
    @Test
    void aRunBegunOnACardIsTheSameRunOnTheCpu() throws IOException {
        double[] expected = losses("straight", Compute.cpu());
        Path run = folder.resolve("moved");
        assertThrows(InterruptedRunException.class, () -> training(Compute.cpu())
                .run(run, TinyTraining.ALWAYS, new StopAfter("training the GAN, images", 4)));
        GeneratorRun moved = GeneratorRun.open(run, GeneratorZoo.STANDARD);
        moved.trainedOn(new Computed("cuda:1", Precision.FLOAT32));
        training(Compute.cpu()).run(run, TinyTraining.ALWAYS, Progress.SILENT);
        assertArrayEquals(expected, losses(run));
        assertEquals(
                new Computed("cpu", Precision.FLOAT32),
                GeneratorRun.open(run, GeneratorZoo.STANDARD).config().computed());
    }

    @Tag("cuda")
    @ParameterizedTest
    @CsvSource({"FLOAT32, 1e-4, 1e-3", "TF32, 1e-2, 5e-2", "BFLOAT16, 1e-2, 5e-2"})
    void onACardTheFirstStepsAreAlike(Precision precision, double again, double besideTheCpu) throws IOException {
        Compute card = TestCard.in(precision);
        double[] first = losses("card", card);
        assertClose(first, losses("card-again", card), again);
        assertClose(first, lossesOfResumed("card-resumed", card), again);
        assertClose(
                losses("cpu", cpu(precision == Precision.TF32 ? Precision.FLOAT32 : precision)), first, besideTheCpu);
    }

    @Tag("cuda")
    @Test
    void onACardASnapshotDrawsTheImagesThatTheCpuDraws() throws IOException {
        Compute card = TestCard.in(Precision.BFLOAT16);
        losses("run", Compute.cpu());
        GeneratorRun run = GeneratorRun.open(folder.resolve("run"), GeneratorZoo.STANDARD);
        byte[] expected = drawn(run, Compute.cpu());
        byte[] actual = drawn(run, card);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i] & 0xff, actual[i] & 0xff, 1, "byte " + i);
        }
    }

    private static byte[] drawn(GeneratorRun run, Compute compute) {
        try (Sampler sampler = run.sampler(new Snapshot(EPOCHS, GeneratorWeights.RAW), compute)) {
            return sampler.pixels(new Seed(5), 0, 40, 0);
        }
    }
}
