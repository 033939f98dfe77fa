package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesionforge.StopAfter;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.recipe.Optimisation;
import org.lesionforge.classifier.recipe.OptimizerKind;
import org.lesionforge.classifier.recipe.Schedule;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.classifier.recipe.SoftLabels;
import org.lesionforge.classifier.recipe.SyntheticTraining;
import org.lesionforge.classifier.recipe.TrainingRecipe;
import org.lesionforge.data.Dataset;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.EpochStats;
import org.lesionforge.training.CheckpointPolicy;

/** A classifier's training that was stopped or killed resumes as if nothing had happened: it comes out the same, bit by bit. */
final class ClassifierResumeTest {
    private static final String TASK = "training the classifier, images";

    private static final Architecture NETWORK = BackboneZoo.STANDARD.first();

    /** After every batch. */
    private static final CheckpointPolicy ALWAYS = new CheckpointPolicy(Duration.ZERO, 2);

    @TempDir
    static Path folder;

    private static Dataset dataset;
    private static int runs;

    @BeforeAll
    static void prepare() throws IOException {
        dataset = ColouredSquares.prepare(folder, 16);
    }

    private static Path newFolder() {
        return folder.resolve("run" + ++runs);
    }

    private static StopAfter never() {
        return new StopAfter(TASK, -1);
    }

    /** Fourteen images in batches of 6, 6 and 2, and these in micro-batches of 3, 3, 3, 3 and 2. */
    private static ClassifierOptions small(Selection selection) {
        return ClassifierOptions.paper()
                .with()
                .size(ColouredSquares.SIDE)
                .epochs(3)
                .batch(6)
                .learningRate(0.2)
                .selection(selection)
                .seed(7)
                .build();
    }

    /** What a training came to: the net, its log without the time, and the epoch that was chosen. */
    private record Outcome(Map<String, String> net, List<String> log, int chosen) {}

    /** Begins or resumes. */
    private static Outcome train(Path run, ClassifierOptions options, CheckpointPolicy policy, Progress progress)
            throws IOException {
        ClassifierRun files = ClassifierRun.isRun(run)
                ? ClassifierRun.open(run)
                : ClassifierRun.create(run, dataset.training(), NETWORK, options, Optional.empty());
        SmallLearner learner = new SmallLearner(true);
        EpochStats chosen =
                new TrainingLoop(options, progress, new RunRecord(files, options, policy, progress)).run(learner);
        return new Outcome(learner.state(), log(files.epochs()), chosen.epoch());
    }

    static List<String> log(List<EpochStats> epochs) {
        return epochs.stream()
                .map(each -> each.epoch() + " " + each.trainLoss() + " " + each.trainAccuracy() + " "
                        + each.validationLoss() + " " + each.validationAccuracy())
                .toList();
    }

    /** Without a run, and so without checkpoints. */
    private static Outcome straight(ClassifierOptions options, StopAfter listener) {
        SmallLearner learner = new SmallLearner(true);
        List<EpochStats> epochs = new ArrayList<>();
        EpochStats chosen = new TrainingLoop(options, listener, epochs::add).run(learner);
        return new Outcome(learner.state(), log(epochs), chosen.epoch());
    }

    @ParameterizedTest
    @EnumSource(Selection.class)
    void stoppedAfterAnyMicroBatchItComesOutTheSame(Selection selection) throws IOException {
        comesOutTheSame(small(selection));
    }

    /** A running average, mixed and smoothed labels, a warm-up, every optimiser: all of it is remembered, or follows from the seed. */
    @ParameterizedTest
    @EnumSource(OptimizerKind.class)
    void soItDoesWithAllPiecesOfARecipe(OptimizerKind optimizer) throws IOException {
        TrainingRecipe training = new TrainingRecipe(
                0,
                0,
                0,
                new SoftLabels(0.1, 0.4, 0, 0.7),
                new Optimisation(optimizer, 0.05, Schedule.COSINE, 1.5, 0.5, 0.9),
                Optional.of(0.25),
                true,
                1);
        ClassifierOptions options =
                small(Selection.BEST_AUC).with().training(training).build();
        comesOutTheSame(options);
        assertNotEquals(
                straight(small(Selection.BEST_AUC), never()).net(),
                straight(options, never()).net());
    }

    /** Half of the images are synthetic, and two of the three epochs come first. */
    @Test
    void soItDoesWithSyntheticImagesFirstAndOfAnotherWeight() throws IOException {
        ClassifierOptions options = small(Selection.BEST_AUC)
                .with()
                .synthetic(new SyntheticTraining(0.3, true))
                .build();
        comesOutTheSame(options);
        assertNotEquals(
                straight(small(Selection.BEST_AUC), never()).net(),
                straight(options, never()).net());
    }

    private void comesOutTheSame(ClassifierOptions options) throws IOException {
        StopAfter listener = never();
        Outcome expected = straight(options, listener);
        List<Long> moments = listener.told();
        assertEquals(List.of(3L, 6L, 9L, 12L, 14L, 17L), moments.subList(0, 6));
        assertEquals(15, moments.size());
        assertEquals(expected, train(newFolder(), options, CheckpointPolicy.DEFAULTS, never()), "in a run");
        assertEquals(expected, train(newFolder(), options, ALWAYS, never()), "with checkpoints");

        Path again = newFolder();
        for (long moment : moments.subList(0, 14)) {
            Path once = newFolder();
            for (Path run : List.of(once, again)) {
                String message = assertThrows(
                                InterruptedRunException.class,
                                () -> train(run, options, CheckpointPolicy.DEFAULTS, new StopAfter(TASK, moment)))
                        .getMessage();
                assertTrue(message.contains("everything is saved in " + run), message);
            }
            assertEquals(expected, train(once, options, CheckpointPolicy.DEFAULTS, never()), "after " + moment);
        }
        assertEquals(expected, train(again, options, CheckpointPolicy.DEFAULTS, new StopAfter(TASK, 42)), "at its end");
    }

    @Test
    void theBestEpochIsKeptOverAStop() throws IOException {
        ClassifierOptions options = small(Selection.BEST);
        Outcome expected = straight(options, never());
        assertTrue(expected.chosen() < 3, "the last epoch is not the best, so its weights have to be remembered");
        Path run = newFolder();
        assertThrows(
                InterruptedRunException.class,
                () -> train(run, options, CheckpointPolicy.DEFAULTS, new StopAfter(TASK, 31)));
        assertEquals(expected, train(run, options, CheckpointPolicy.DEFAULTS, never()));
    }

    /** Ends as a killed process does: with nothing written at the end. */
    private record Killed(long moment) implements Progress {
        @Override
        public void advance(String task, long done, long total, String detail) {
            if (task.equals(TASK) && done == moment) {
                throw new IllegalStateException("killed");
            }
        }

        @Override
        public void message(String text) {}
    }

    @Test
    void killedAfterAnyMicroBatchItComesOutTheSame() throws IOException {
        ClassifierOptions options = small(Selection.BEST);
        StopAfter listener = never();
        Outcome expected = straight(options, listener);
        for (CheckpointPolicy policy : List.of(ALWAYS, CheckpointPolicy.DEFAULTS)) {
            for (long moment : policy.equals(ALWAYS) ? listener.told() : List.of(3L, 20L, 42L)) {
                Path run = newFolder();
                assertThrows(IllegalStateException.class, () -> train(run, options, policy, new Killed(moment)));
                boolean wasSaved = policy.equals(ALWAYS) && moment > 6;
                assertEquals(wasSaved, !checkpoints(run).isEmpty(), "before the first batch's end there is none");
                StopAfter resumed = never();
                assertEquals(expected, train(run, options, policy, resumed), policy + " " + moment);
                assertEquals(
                        wasSaved,
                        resumed.messages().stream().anyMatch(text -> text.contains("resuming from the checkpoint")));
            }
        }
    }

    private static List<Path> checkpoints(Path run) throws IOException {
        try (Stream<Path> all = Files.list(run.resolve("checkpoints"))) {
            return all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aDamagedCheckpointGivesWayToTheOneBefore() throws IOException {
        ClassifierOptions options = small(Selection.BEST);
        Outcome expected = straight(options, never());
        Path run = newFolder();
        assertThrows(IllegalStateException.class, () -> train(run, options, ALWAYS, new Killed(34)));
        List<Path> two = checkpoints(run);
        // Micro-batches, 5 in each epoch: after the second batch of the second epoch, and at its end.
        assertEquals(
                List.of("state-00000009.json", "state-00000010.json"),
                two.stream().map(file -> file.getFileName().toString()).toList());
        Path json = two.get(1);
        String before = Files.readString(json);
        Files.writeString(json, before.replace("\"correct\" : ", "\"correct\" : 1"));
        StopAfter listener = new StopAfter(TASK, 31);
        assertThrows(InterruptedRunException.class, () -> train(run, options, ALWAYS, listener));
        assertTrue(
                listener.messages().stream()
                        .anyMatch(text -> text.contains(json + " cannot be used: ")
                                && text.contains("its SHA-256 does not match")
                                && text.contains("state-00000009.json is used")),
                listener.messages().toString());
        assertEquals(expected, train(run, options, ALWAYS, never()));
    }

    @Test
    void withoutAUsableCheckpointItSaysWhatToDo() throws IOException {
        ClassifierOptions options = small(Selection.LAST);
        Outcome expected = straight(options, never());
        Path run = newFolder();
        assertThrows(IllegalStateException.class, () -> train(run, options, ALWAYS, new Killed(34)));
        for (Path json : checkpoints(run)) {
            Path tensors = Path.of(json.toString().replace(".json", ".safetensors"));
            byte[] bytes = Files.readAllBytes(tensors);
            bytes[bytes.length - 1] ^= 1;
            Files.write(tensors, bytes);
        }
        String message = assertThrows(UnusableInputException.class, () -> train(run, options, ALWAYS, never()))
                .getMessage();
        assertTrue(
                message.contains("none of the 2 checkpoints in " + run.resolve("checkpoints"))
                        && message.contains("delete that folder to train anew"),
                message);
        ClassifierRun.open(run).deleteCheckpoints();
        assertEquals(expected, train(run, options, ALWAYS, never()), "as the message says");
    }

    @Test
    void whatCannotBeWrittenEndsTheTrainingAndLeavesTheCheckpointBefore() throws IOException {
        ClassifierOptions options = small(Selection.LAST);
        Outcome expected = straight(options, never());
        Path run = newFolder();
        assertThrows(IllegalStateException.class, () -> train(run, options, ALWAYS, new Killed(9)));
        // A folder in the place of a checkpoint fails its last step, as a full disk would an earlier one.
        Path obstacle = run.resolve("checkpoints/state-00000004.safetensors/full");
        Files.createDirectories(obstacle);
        String message = assertThrows(UncheckedIOException.class, () -> train(run, options, ALWAYS, never()))
                .getMessage();
        assertTrue(
                message.contains("state-00000004.safetensors")
                        && message.contains("the checkpoint of iteration 2 is intact"),
                message);
        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        assertEquals(expected, train(run, options, ALWAYS, never()));
    }
}
