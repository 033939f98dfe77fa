package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.StopAfter;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.RunSummary;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.training.Checkpoints;

/** A training that was stopped, killed or ran out of disk resumes as if nothing had happened: every file comes out the same, bit by bit. */
final class GeneratorResumeTest {
    @TempDir
    Path folder;

    @BeforeEach
    void prepare() throws IOException {
        TinyTraining.prepare(folder);
    }

    /** Stops the training after an iteration of two images, and remembers what it was told. */
    private static StopAfter stopper(long iteration) {
        return new StopAfter("training the GAN, images", 2 * iteration);
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
        assertTrue(expected.containsKey("samples/nearest-0006.png"), expected.toString());

        TinyTraining training = TinyTraining.of(folder, 6, 2);
        Path run = folder.resolve("stopped");
        // In the midst of an epoch; between an epoch's end and its snapshot; soon after another stop.
        for (int stop : new int[] {1, 4, 5, 8, 11, 12}) {
            StopAfter stopper = stopper(stop);
            String message = assertThrows(
                            InterruptedRunException.class, () -> training.run(run, CheckpointPolicy.DEFAULTS, stopper))
                    .getMessage();
            assertTrue(message.contains("after iteration " + stop + " of 12"), message);
            assertFalse(GeneratorRun.open(run, GeneratorZoo.STANDARD).isFinished());
        }
        RunSummary summary = training.run(run, CheckpointPolicy.DEFAULTS, Progress.SILENT);
        assertEquals(12, summary.iterations());
        assertEquals(6, summary.snapshots().size(), "three snapshots, raw and average");
        assertEquals(expected, files(run));
    }

    @Test
    void aTrainingThatAnotherThreadStopsEndsAfterItsIterationAndComesOutTheSame() throws IOException {
        Map<String, String> expected = straight(6, 2);
        Path run = folder.resolve("stopped-by-another");
        Cancellation token = new Cancellation();
        List<Long> told = new ArrayList<>();
        Progress listener = new Progress() {
            @Override
            public void advance(String task, long done, long total, String detail) {
                told.add(done);
                if (told.size() == 3) {
                    Thread other = new Thread(token::request);
                    other.start();
                    join(other);
                }
            }

            @Override
            public void message(String text) {}
        };
        TinyTraining training = TinyTraining.of(folder, 6, 2);
        assertThrows(
                InterruptedRunException.class,
                () -> training.run(run, CheckpointPolicy.DEFAULTS, listener.cancelledBy(token)));
        assertEquals(List.of(2L, 4L, 6L), told, "three iterations of two images");
        assertEquals(3, lastCheckpoint(run));
        assertEquals(3, Files.readAllLines(run.resolve("stats.jsonl")).size());
        training.run(run, CheckpointPolicy.DEFAULTS, Progress.SILENT);
        assertEquals(expected, files(run));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTrainingThatWasKilledComesOutTheSame() throws IOException, InterruptedException {
        Path run = folder.resolve("killed");
        killAfter(15, run);
        assertFalse(GeneratorRun.open(run, GeneratorZoo.STANDARD).isFinished());
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
        assertThrows(InterruptedRunException.class, () -> training.run(run, TinyTraining.ALWAYS, stopper(3)));
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
        assertThrows(InterruptedRunException.class, () -> training.run(run, TinyTraining.ALWAYS, stopper(7)));
        Files.writeString(run.resolve("checkpoints/state-00000007.safetensors"), "half a");
        StopAfter listener = stopper(-1);
        training.run(run, TinyTraining.ALWAYS, listener);
        assertTrue(
                listener.messages().stream().anyMatch(text -> text.contains("state-00000007.json cannot be used")),
                listener.messages().toString());
        assertTrue(
                listener.messages().stream().anyMatch(text -> text.contains("checkpoint of iteration 6 of 12")),
                listener.messages().toString());
        assertEquals(expected, files(run));
    }

    /** A change to a file, and what of it is said. */
    private record Damage(String file, UnaryOperator<String> change, String said) {}

    private static UnaryOperator<String> key(String key, String value) {
        return json -> {
            String changed = json.replaceFirst("\"" + key + "\" : [^,{\n]+", value);
            assertFalse(changed.equals(json), key + " is not in " + json);
            return changed;
        };
    }

    @Test
    void whatACheckpointRemembersCannotBeChangedUnseen() throws IOException {
        Path run = folder.resolve("changed");
        TinyTraining training = TinyTraining.of(folder, 6, 2);
        assertThrows(InterruptedRunException.class, () -> training.run(run, TinyTraining.ALWAYS, stopper(7)));
        String json = "checkpoints/state-00000007.json";
        String mismatch = "SHA-256 does not match";
        List<Damage> damages = List.of(
                new Damage(json, key("learning_rate", "\"learning_rate\" : 0.1"), mismatch),
                new Damage(json, key("batch", "\"batch\" : 2"), mismatch),
                new Damage(json, key("iteration", "\"iteration\" : 6"), "of iteration 6"),
                new Damage(json, key("iteration", "\"iteration\" : null"), "iteration"),
                new Damage(json, key("snapshot_epoch", "\"other\" : 1"), "state-00000007.json"),
                new Damage(json, key("randomness", "\"randomness\" : null"), "state-00000007.json"),
                new Damage(json, key("tensors_sha256", "\"tensors_sha256\" : \"00\""), mismatch),
                new Damage(json, key("sha256", "\"sha256\" : null"), "state-00000007.json"),
                new Damage(json, text -> "", "state-00000007.json"),
                new Damage("stats.jsonl", key -> key.replaceFirst("\"iteration\":7", "\"iteration\":8"), mismatch));
        for (Damage damage : damages) {
            Path file = run.resolve(damage.file());
            String before = Files.readString(file);
            Files.writeString(file, damage.change().apply(before));
            List<String> said = new ArrayList<>();
            assertEquals(6, restore(run, training, said).orElseThrow().iteration(), damage.toString());
            assertEquals(1, said.size(), said.toString());
            assertTrue(
                    said.get(0).contains("state-00000007.json cannot be used: ")
                            && said.get(0).contains(damage.said())
                            && said.get(0).endsWith("state-00000006.json is used"),
                    said.get(0));
            Files.writeString(file, before);
        }
        Path tensors = run.resolve("checkpoints/state-00000007.safetensors");
        byte[] bytes = Files.readAllBytes(tensors);
        bytes[bytes.length - 1] ^= 1;
        Files.write(tensors, bytes);
        List<String> said = new ArrayList<>();
        assertEquals(6, restore(run, training, said).orElseThrow().iteration());
        assertTrue(said.get(0).contains(tensors + ": its " + mismatch), said.toString());

        Files.writeString(run.resolve("checkpoints/state-00000006.json"), "{}");
        String message = assertThrows(UnusableInputException.class, () -> restore(run, training, said))
                .getMessage();
        assertTrue(message.contains("none of the 2 checkpoints") && message.contains("train anew"), message);
    }

    private static Optional<Checkpoint> restore(Path run, TinyTraining training, List<String> said) {
        StopAfter listener = stopper(-1);
        try (GeneratorState state = new GeneratorState(training.options(), Compute.cpu())) {
            return new Checkpoints(run.resolve("checkpoints"), TinyTraining.ALWAYS, GeneratorLogs.files(run))
                    .restore(Checkpoint.class, state::restore, listener);
        } finally {
            said.addAll(listener.messages());
        }
    }

    /** As version 0.1 wrote it: without checksums. */
    @Test
    void aRunOfVersion01IsResumedWithOneWarning() throws IOException {
        Map<String, String> expected = straight(6, 2);
        Path run = folder.resolve("old");
        TinyTraining training = TinyTraining.of(folder, 6, 2);
        assertThrows(InterruptedRunException.class, () -> training.run(run, TinyTraining.ALWAYS, stopper(7)));
        Files.delete(run.resolve("checkpoints/snapshots.json"));
        for (int iteration : new int[] {6, 7}) {
            Path json = run.resolve("checkpoints/state-0000000" + iteration + ".json");
            ObjectNode old = (ObjectNode) Json.readTree(json);
            old.remove(List.of("log_sha256", "tensors_sha256", "sha256"));
            Files.writeString(json, Json.pretty(old));
        }
        StopAfter listener = stopper(-1);
        training.run(run, TinyTraining.ALWAYS, listener);
        assertEquals(
                List.of("warning: " + Checksums.UNKNOWN),
                listener.messages().stream()
                        .filter(text -> text.startsWith("warning"))
                        .toList());
        assertTrue(
                listener.messages().stream().anyMatch(text -> text.contains("checkpoint of iteration 7 of 12")),
                listener.messages().toString());
        Map<String, String> actual = files(run);
        // It knows nothing of the snapshot from before.
        actual.remove("checkpoints/snapshots.json");
        expected.remove("checkpoints/snapshots.json");
        assertEquals(expected, actual);
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAndARunIsTrainedByOneAlone() throws IOException {
        Path run = folder.resolve("run");
        TinyTraining training = TinyTraining.of(folder, 6, 2);
        assertThrows(InterruptedRunException.class, () -> training.run(run, TinyTraining.ALWAYS, stopper(3)));
        List<Path> left = List.of(
                run.resolve(".lock"),
                run.resolve("checkpoints/.state-00000004.json.17.tmp"),
                run.resolve("checkpoints/.epoch-0002.generator.safetensors.tmp"),
                run.resolve("checkpoints/state-00000004.safetensors"));
        for (Path file : left) {
            Files.writeString(file, "half a");
        }
        try (FolderLock other = FolderLock.hold(run, "testing")) {
            String message = assertThrows(
                            UnusableInputException.class, () -> training.run(run, TinyTraining.ALWAYS, Progress.SILENT))
                    .getMessage();
            assertTrue(message.contains("another process is training in " + run), message);
        }
        assertThrows(InterruptedRunException.class, () -> training.run(run, TinyTraining.ALWAYS, stopper(6)));
        for (Path file : left) {
            assertFalse(Files.exists(file), file.toString());
        }
    }

    @Test
    void aRunThatIsRemovedEndsTheTrainingAndIsNotMadeAnew() {
        Path run = folder.resolve("removed");
        Progress removing = new Progress() {
            @Override
            public void advance(String task, long done, long total, String detail) {
                if (done == 6) {
                    try {
                        OutputFolder.delete(run);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }

            @Override
            public void message(String text) {}
        };
        String message = assertThrows(MissingRequirementException.class, () -> TinyTraining.of(folder, 6, 2)
                        .run(run, CheckpointPolicy.DEFAULTS, removing))
                .getMessage();
        assertTrue(message.contains(run + " is gone"), message);
        assertFalse(Files.exists(run));
    }

    @Test
    void aRunGoesOnWithItsOwnImagesAndOptionsAlone() throws IOException {
        Path run = folder.resolve("run");
        assertThrows(InterruptedRunException.class, () -> TinyTraining.of(folder, 6, 2)
                .run(run, TinyTraining.ALWAYS, stopper(3)));
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
