package org.lesionforge.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;

/** A training that was stopped, killed or ran out of disk goes on as if nothing had happened: every file comes out the same, bit by bit. */
final class GanResumeTest {
    @TempDir
    Path folder;

    @BeforeEach
    void prepare() throws IOException {
        TinyTraining.prepare(folder);
    }

    /** Stops the training after an iteration, and remembers what it heard. */
    private static final class Stopper implements Progress {
        private final long iteration;
        final List<String> messages = new ArrayList<>();

        Stopper(long iteration) {
            this.iteration = iteration;
        }

        @Override
        public void advance(String task, long done, long total, String detail) {
            if (done == 2 * iteration) { // two images each
                throw new InterruptedRunException("stopped by the test");
            }
        }

        @Override
        public void message(String text) {
            messages.add(text);
        }
    }

    /**
     * The checksum of every file of a finished run, but of the checkpoints' JSON, which tells the time, and of all checkpoints but the last:
     * which are kept depends on when they were made.
     */
    private static Map<String, String> files(Path run) throws IOException {
        String last = String.format(Locale.ROOT, "checkpoints/state-%08d.safetensors", lastCheckpoint(run));
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> all = Files.walk(run)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = run.relativize(file).toString().replace('\\', '/');
                if (!name.contains("/state-") || name.equals(last)) {
                    sums.put(name, Sha256.of(file));
                }
            }
        }
        return sums;
    }

    private Map<String, String> straight(int epochs, int snapshotEvery) throws IOException {
        Path run = folder.resolve("straight");
        TinyTraining.of(folder, epochs, snapshotEvery).run(run, CheckpointPolicy.DEFAULTS, Progress.SILENT);
        return files(run);
    }

    @Test
    void aTrainingThatWasStoppedAgainAndAgainComesOutTheSame() throws IOException {
        Map<String, String> expected = straight(6, 2);
        assertTrue(expected.containsKey("checkpoints/state-00000012.safetensors"), expected.toString());
        assertTrue(expected.containsKey("checkpoints/epoch-0006.ema.safetensors"), expected.toString());

        TinyTraining training = TinyTraining.of(folder, 6, 2);
        Path run = folder.resolve("stopped");
        // In the midst of an epoch; between an epoch's end and its snapshot; soon after another stop.
        for (int stop : new int[] {1, 4, 5, 8, 11, 12}) {
            Stopper stopper = new Stopper(stop);
            String message = assertThrows(
                            InterruptedRunException.class, () -> training.run(run, CheckpointPolicy.DEFAULTS, stopper))
                    .getMessage();
            assertTrue(message.contains("after iteration " + stop + " of 12"), message);
            assertFalse(GanRun.open(run).isFinished());
        }
        GanRun.Summary summary = training.run(run, CheckpointPolicy.DEFAULTS, Progress.SILENT);
        assertEquals(12, summary.iterations());
        assertEquals(6, summary.snapshots().size(), "three snapshots, raw and average");
        assertEquals(expected, files(run));
    }

    @Test
    void aTrainingThatWasKilledComesOutTheSame() throws IOException, InterruptedException {
        Path run = folder.resolve("killed");
        killAfter(15, run);
        assertFalse(GanRun.open(run).isFinished());
        TinyTraining.of(folder, 30, 6).run(run, CheckpointPolicy.DEFAULTS, Progress.SILENT);
        assertEquals(straight(30, 6), files(run));
    }

    /** Trains in a process of its own and kills that, as {@code kill -9} does, when a checkpoint of {@code iteration} or later is there. */
    private void killAfter(int iteration, Path run) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process training = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        TinyTraining.class.getName(),
                        folder.toString(),
                        run.toString(),
                        "30",
                        "6")
                .inheritIO()
                .redirectOutput(new File("/dev/null"))
                .start();
        try {
            while (lastCheckpoint(run) < iteration) {
                assertTrue(training.isAlive(), "the training has ended by itself");
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } finally {
            training.destroyForcibly().waitFor();
        }
    }

    private static int lastCheckpoint(Path run) {
        String[] names = run.resolve("checkpoints").toFile().list();
        return Stream.of(names == null ? new String[0] : names)
                .filter(name -> name.matches("state-\\d+\\.json"))
                .mapToInt(name -> Integer.parseInt(name.substring(6, 14)))
                .max()
                .orElse(0);
    }

    @Test
    void whatCannotBeWrittenEndsTheTrainingAndLeavesTheCheckpointBefore() throws IOException {
        Map<String, String> expected = straight(6, 2);
        Path run = folder.resolve("full");
        TinyTraining training = TinyTraining.of(folder, 6, 2);
        // A folder in the place of a checkpoint fails its last step, as a full disk would an earlier one.
        Path obstacle = run.resolve("checkpoints/state-00000006.safetensors/full");
        assertThrows(InterruptedRunException.class, () -> training.run(run, TinyTraining.ALWAYS, new Stopper(3)));
        Files.createDirectories(obstacle);
        String message = assertThrows(IOException.class, () -> training.run(run, TinyTraining.ALWAYS, Progress.SILENT))
                .getMessage();
        assertTrue(
                message.contains("state-00000006.safetensors")
                        && message.contains("checkpoint of iteration 5 is intact"),
                message);
        assertFalse(Files.exists(run.resolve("checkpoints/state-00000006.json")));
        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        training.run(run, TinyTraining.ALWAYS, Progress.SILENT);
        assertEquals(expected, files(run));
    }

    @Test
    void aDamagedCheckpointGivesWayToTheOneBefore() throws IOException {
        Map<String, String> expected = straight(6, 2);
        Path run = folder.resolve("damaged");
        TinyTraining training = TinyTraining.of(folder, 6, 2);
        assertThrows(InterruptedRunException.class, () -> training.run(run, TinyTraining.ALWAYS, new Stopper(7)));
        Files.writeString(run.resolve("checkpoints/state-00000007.safetensors"), "half a");
        Stopper listener = new Stopper(-1);
        training.run(run, TinyTraining.ALWAYS, listener);
        assertTrue(
                listener.messages.stream().anyMatch(text -> text.contains("state-00000007.json cannot be used")),
                listener.messages.toString());
        assertTrue(
                listener.messages.stream().anyMatch(text -> text.contains("checkpoint of iteration 6 of 12")),
                listener.messages.toString());
        assertEquals(expected, files(run));
    }

    @Test
    void aRunGoesOnWithItsOwnImagesAndOptionsAlone() throws IOException {
        Path run = folder.resolve("run");
        assertThrows(InterruptedRunException.class, () -> TinyTraining.of(folder, 6, 2)
                .run(run, TinyTraining.ALWAYS, new Stopper(3)));
        Map<String, String> before = files(run);
        String message = assertThrows(UnusableInputException.class, () -> TinyTraining.of(folder, 7, 2)
                        .run(run, TinyTraining.ALWAYS, Progress.SILENT))
                .getMessage();
        assertTrue(message.contains("other options") && message.contains("epochs=7"), message);
        Files.writeString(run.resolve("training-ids.txt"), "m0\nm1\n");
        message = assertThrows(UnusableInputException.class, () -> TinyTraining.of(folder, 6, 2)
                        .run(run, TinyTraining.ALWAYS, Progress.SILENT))
                .getMessage();
        assertTrue(message.contains("other images"), message);
        before.remove("training-ids.txt");
        Map<String, String> after = files(run);
        after.remove("training-ids.txt");
        assertEquals(before, after);
    }
}
