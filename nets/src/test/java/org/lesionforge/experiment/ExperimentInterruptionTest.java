package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.StopAfter;
import org.lesionforge.experiment.arm.Additions;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.ForwardingProgress;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Results;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.torch.Torch;

/** An experiment that was stopped, or trained its classifiers side by side, comes to what it comes to in one go. */
final class ExperimentInterruptionTest {
    @TempDir
    static Path folder;

    private static PhantomExperiment phantoms;
    private static Path run;
    private static Results results;

    @BeforeAll
    static void runOnce() throws IOException {
        phantoms = new PhantomExperiment(folder, PhantomExperiment.LIGHT);
        run = folder.resolve("run");
        List<Arm> arms = Stream.of("none", "oversample", "dcgan").map(Arm::of).toList();
        results = phantoms.run(run, PhantomExperiment.options(arms, List.of(0L), false), false);
    }

    /** Requests a cancellation when it is told something. */
    private static Progress cancelledAt(String message) {
        Cancellation token = new Cancellation();
        return new ForwardingProgress(Progress.SILENT.cancelledBy(token)) {
            @Override
            public void message(String text) {
                if (text.startsWith(message)) {
                    token.request();
                }
            }
        };
    }

    /** At the beginning of a trial and within it, in the GAN's training and at the drawing of images. */
    @Test
    void anExperimentThatWasCancelledAgainAndAgainComesToTheSameResults() throws IOException {
        Path out = folder.resolve("cancelled");
        List<Arm> arms = Stream.of("none", "oversample", "dcgan").map(Arm::of).toList();
        ExperimentOptions options = PhantomExperiment.options(arms, List.of(0L), false);
        String message = assertThrows(
                        InterruptedRunException.class,
                        () -> phantoms.run(out, options, false, 1, cancelledAt("arm oversample, seed 0: training")))
                .getMessage();
        assertEquals("stopped: fitting the last layer, L2 0/13", message);
        assertTrue(Files.exists(out.resolve("arms/none-seed0/result.json")));
        assertFalse(Files.exists(out.resolve("arms/oversample-seed0/result.json")));

        message = assertThrows(
                        InterruptedRunException.class,
                        () -> phantoms.run(out, options, true, 1, new StopAfter("fitting the last layer, L2", 3)))
                .getMessage();
        assertEquals("stopped: fitting the last layer, L2 3/13", message);
        assertFalse(Files.exists(out.resolve("arms/oversample-seed0/result.json")));

        FileTime finished = Files.getLastModifiedTime(out.resolve("arms/none-seed0/result.json"));
        message = assertThrows(
                        InterruptedRunException.class,
                        () -> phantoms.run(out, options, true, 1, new StopAfter("training the GAN, images", 8)))
                .getMessage();
        assertTrue(message.startsWith("the GAN's training was stopped after iteration 1 of "), message);
        assertTrue(Files.exists(out.resolve("arms/oversample-seed0/result.json")));
        assertTrue(Files.exists(out.resolve("generators/dcgan/checkpoints/state-00000001.safetensors")));

        message = assertThrows(
                        InterruptedRunException.class,
                        () -> phantoms.run(out, options, true, 1, cancelledAt("drawing ")))
                .getMessage();
        assertEquals("stopped: drawing synthetic images 0/" + (phantoms.benign() - phantoms.malignant()), message);
        assertTrue(Files.exists(out.resolve("generators/dcgan/best.json")));
        assertFalse(Files.exists(out.resolve("synthetic/dcgan/seed0/manifest.csv")));

        Results resumed = phantoms.run(out, options, true);
        assertEquals(finished, Files.getLastModifiedTime(out.resolve("arms/none-seed0/result.json")));
        for (Arm arm : arms) {
            String word = arm.word();
            assertEquals(
                    Json.line(PhantomExperiment.arm(results, word, 0).test()),
                    Json.line(PhantomExperiment.arm(resumed, word, 0).test()),
                    word);
        }
    }

    @Test
    void sideBySideTheSameComesOutAsOneAfterTheOtherAndStopped() throws IOException {
        // The whole network, whose dropout, optimiser and normalisation must not meet another trial's.
        ExperimentOptions frozen =
                PhantomExperiment.options(List.of(Arm.NONE, Arm.of("none+class-weights")), List.of(0L, 1L), false);
        ExperimentOptions whole = ExperimentOptions.DEFAULTS
                .with()
                .arms(frozen.arms())
                .seeds(frozen.seeds())
                .additions(new Additions(null, 1, false))
                .keepModels(false)
                .generators(frozen.generators())
                .classifier(frozen.classifier().with().freeze(false).epochs(1).build())
                .build();
        int threads = Torch.threads();
        Torch.useThreads(1);
        try {
            Path one = folder.resolve("one-by-one");
            Path two = folder.resolve("side-by-side");
            String stopped = assertThrows(
                            InterruptedRunException.class,
                            () -> phantoms.run(
                                    one, whole, false, 1, new StopAfter("training the classifier, images", 16)))
                    .getMessage();
            assertTrue(stopped.contains("(16 images into epoch 1 of 1)"), stopped);
            Path checkpoints = one.resolve("arms/none-seed0/checkpoints");
            assertTrue(Files.exists(checkpoints.resolve("state-00000002.json")));
            StopAfter resumed = new StopAfter("none", 0);
            phantoms.run(one, whole, true, 1, resumed);
            assertTrue(
                    resumed.messages()
                            .contains("resuming from the checkpoint of iteration 2 (16 images into epoch 1 of 1)"),
                    "within its trial: " + resumed.messages());
            assertFalse(Files.exists(checkpoints), "of no use to a trial that is finished");
            phantoms.run(two, whole, false, 2);
            for (String trial :
                    List.of("none-seed0", "none-seed1", "none+class-weights-seed0", "none+class-weights-seed1")) {
                for (String file : List.of("predictions-test.csv", "predictions-validation.csv")) {
                    Path path = Path.of("arms", trial, file);
                    assertEquals(Files.readString(one.resolve(path)), Files.readString(two.resolve(path)), trial);
                }
            }
        } finally {
            Torch.useThreads(threads);
        }
    }
}
