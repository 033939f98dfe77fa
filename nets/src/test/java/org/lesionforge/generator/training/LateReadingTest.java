package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.StopAfter;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.json.Json;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;

/** What a step came to is read when the next is ready: nothing that is written down changes by that, with NaNs planted in some batches. */
final class LateReadingTest {
    private static final int ITERATIONS = 12;

    @TempDir
    Path folder;

    /** DCGAN, in some of whose iterations all pixels are NaN. */
    private record Planted(LongPredicate bad) implements ModelFamily<DcganOptions> {
        @Override
        public String name() {
            return "planted";
        }

        @Override
        public String title() {
            return "DCGAN with bad batches";
        }

        @Override
        public List<Integer> sizes() {
            return Dcgan.FAMILY.sizes();
        }

        @Override
        public Class<DcganOptions> optionsType() {
            return DcganOptions.class;
        }

        @Override
        public DcganOptions defaults() {
            return Dcgan.FAMILY.defaults();
        }

        @Override
        public GenerativeModel create(GeneratorOptions common, DcganOptions own, Compute compute) {
            GenerativeModel model = Dcgan.FAMILY.create(common, own, compute);
            return (GenerativeModel) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {GenerativeModel.class}, (proxy, method, given) -> {
                        Object[] arguments = given;
                        if (method.getName().equals("step") && bad.test((Long) given[1] + 1)) {
                            Batch batch = (Batch) given[0];
                            Tensor spoilt = batch.images().mul(new Scalar(Double.NaN));
                            arguments = new Object[] {new Batch(spoilt, batch.labels(), batch.iterations()), given[1]};
                        }
                        try {
                            return method.invoke(model, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public Sampler load(GeneratorOptions common, DcganOptions own, Map<String, Tensor> snapshot, Compute compute) {
            return Dcgan.FAMILY.load(common, own, snapshot, compute);
        }

        @Override
        public GeneratorSummary summary(GeneratorOptions common, DcganOptions own) {
            return Dcgan.FAMILY.summary(common, own);
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        TinyTraining.prepare(folder);
    }

    /** Begins or resumes, two iterations of two images in an epoch. */
    private void train(Path out, LongPredicate bad, CheckpointPolicy policy, Progress progress) throws IOException {
        Planted family = new Planted(bad);
        GeneratorSpec<DcganOptions> options = new GeneratorSpec<>(
                        family, TinyTraining.NETS.common(), TinyTraining.NETS.own())
                .common(common -> common.batch(2).epochs(ITERATIONS / 2).snapshotEvery(3));
        Dataset dataset = Dataset.open(folder.resolve("dataset"));
        TrainingPart real =
                LearnedClasses.of("malignant", dataset.training(), false).of(dataset.training());
        GeneratorRun run = GeneratorRun.isRun(out)
                ? GeneratorRun.open(out, new GeneratorZoo(List.of(family)))
                : GeneratorRun.create(out, real, "malignant", options);
        new GeneratorTrainer(options, policy, Compute.cpu(), progress).train(real, run, Optional.empty());
    }

    private static List<JsonNode> lines(Path run, String log) {
        return Json.readLines(run.resolve(log));
    }

    private static JsonNode guard(Path run, int iteration) {
        return Json.readTree(run.resolve(String.format(Locale.ROOT, "checkpoints/state-%08d.json", iteration)))
                .get("guard");
    }

    private static final class Details implements Progress {
        private final List<String> details = new ArrayList<>();

        @Override
        public void advance(String task, long done, long total, String detail) {
            if (task.startsWith("training the GAN")) {
                details.add(detail);
            }
        }

        @Override
        public void message(String text) {}
    }

    @Test
    void badStepsAreCountedWhereTheyWereAndProgressIsAStepBehind() throws IOException {
        Path run = folder.resolve("straight");
        Details progress = new Details();
        train(run, iteration -> iteration == 5, CheckpointPolicy.DEFAULTS, progress);
        List<JsonNode> stats = lines(run, "stats.jsonl");
        assertEquals(ITERATIONS, stats.size());
        for (int i = 0; i < ITERATIONS; i++) {
            assertEquals(i + 1, stats.get(i).get("iteration").intValue());
            assertEquals(i + 1 == 5, stats.get(i).path("skipped").booleanValue(), "line " + (i + 1));
        }
        assertEquals(1, guard(run, ITERATIONS).get("skipped").intValue());
        assertEquals(5, guard(run, ITERATIONS).get("last").intValue());
        List<JsonNode> alarms = lines(run, "alarms.jsonl");
        assertEquals(1, alarms.size());
        assertEquals(5, alarms.get(0).get("iteration").intValue());

        assertEquals(ITERATIONS, progress.details.size());
        assertEquals("epoch 1", progress.details.get(0), "nothing is read yet");
        for (int i = 1; i < ITERATIONS; i++) {
            double loss = stats.get(i - 1).get("loss_g").doubleValue();
            assertTrue(
                    progress.details.get(i).contains(String.format(Locale.ROOT, "loss_g %.3g", loss)),
                    progress.details.get(i));
        }
    }

    @Test
    void aTrainingThatIsStoppedWithABadStepUnreadComesOutTheSame() throws IOException {
        LongPredicate bad = iteration -> iteration == 5 || iteration == 8;
        Path straight = folder.resolve("straight");
        train(straight, bad, CheckpointPolicy.DEFAULTS, Progress.SILENT);
        Path stopped = folder.resolve("stopped");
        for (int stop : new int[] {5, 7, 8}) {
            StopAfter stopper = new StopAfter("training the GAN, images", 2L * stop);
            assertThrows(InterruptedRunException.class, () -> train(stopped, bad, TinyTraining.ALWAYS, stopper));
            assertEquals(stop, lines(stopped, "stats.jsonl").size(), "it is read for the checkpoint");
            assertEquals(stop < 8 ? 1 : 2, guard(stopped, stop).get("skipped").intValue());
        }
        train(stopped, bad, CheckpointPolicy.DEFAULTS, Progress.SILENT);
        for (String file : List.of("stats.jsonl", "alarms.jsonl", "checkpoints/state-00000012.safetensors")) {
            assertEquals(Sha256.of(straight.resolve(file)), Sha256.of(stopped.resolve(file)), file);
        }
    }

    /** The learning rate is halved for the step after the fifth that fails, and the tenth is the last. */
    @Test
    void aTrainingThatFailsAgainAndAgainEndsWhereItEndedBefore() throws IOException {
        Path run = folder.resolve("failing");
        String message = assertThrows(
                        IllegalStateException.class,
                        () -> train(run, iteration -> true, CheckpointPolicy.DEFAULTS, Progress.SILENT))
                .getMessage();
        assertTrue(message.startsWith("training has failed: "), message);
        assertTrue(message.contains("5 of the last 5 steps skipped"), message);
        assertEquals(10, lines(run, "stats.jsonl").size());
        assertEquals(4, lines(run, "alarms.jsonl").size(), "the first of each five and the last");
    }
}
