package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.json.Json;

/** Folders that one process alone works in, and what killed ones leave behind. */
final class FolderLockTest {
    private static final int REFUSED = 3;

    @TempDir
    Path folder;

    /** In a process of its own: holds the folder, has a temporary file of {@code busy.txt} under way, says so, and waits to be killed. */
    public static void main(String[] arguments) throws IOException {
        Path held = Path.of(arguments[0]);
        try {
            holdUntilKilled(held);
        } catch (UnusableInputException e) {
            System.exit(REFUSED);
        }
    }

    private static void holdUntilKilled(Path held) throws IOException {
        try (FolderLock lock = FolderLock.hold(held, "testing")) {
            AtomicFile.write(held.resolve("deep").resolve("busy.txt"), out -> {
                out.write(new byte[100_000]);
                Files.writeString(held.resolve("ready"), "");
                try {
                    TimeUnit.MINUTES.sleep(5);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private static Process process(Path held) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FolderLockTest.class.getName(),
                        held.toString())
                .inheritIO()
                .start();
    }

    private static Process holder(Path held) throws IOException, InterruptedException {
        Process process = process(held);
        while (!Files.exists(held.resolve("ready"))) {
            assertTrue(process.isAlive());
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return process;
    }

    @Test
    void whatALivingProcessHoldsIsRefusedAndWhatAKilledOneHeldIsTakenAndCleaned() throws Exception {
        Path temporary = folder.resolve("deep/.busy.txt.tmp");
        Process process = holder(folder);
        try {
            String message = assertThrows(UnusableInputException.class, () -> FolderLock.hold(folder, "training in"))
                    .getMessage();
            assertTrue(message.contains("another process is training in " + folder), message);
            AtomicFile.removeLeftovers(folder.resolve("deep"));
            assertTrue(Files.exists(temporary), "a living process is writing it");
            AtomicFile.writeString(folder.resolve("deep/busy.txt"), "two may write one file");
            assertEquals("two may write one file", Files.readString(folder.resolve("deep/busy.txt")));
            assertTrue(Files.exists(temporary));
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertTrue(Files.exists(temporary) && Files.exists(folder.resolve(".lock")), "what kill -9 leaves");
        // As version 0.1 named them.
        Path older = Files.writeString(folder.resolve(".state-00000001.json.4711.tmp"), "{");
        FolderLock.hold(folder, "training in").close();
        assertFalse(Files.exists(temporary));
        assertFalse(Files.exists(older));
        assertFalse(Files.exists(folder.resolve(".lock")));
        assertTrue(Files.exists(folder.resolve("deep/busy.txt")));
    }

    @Test
    void aSecondHolderInThisProcessIsRefusedAndDoesNotEndTheFirstOnesLock() throws Exception {
        try (FolderLock first = FolderLock.hold(folder, "testing")) {
            assertThrows(UnusableInputException.class, () -> FolderLock.hold(folder, "testing"));
            // The system's lock would be gone if the second had opened and closed the file.
            Process other = process(folder);
            assertEquals(REFUSED, other.waitFor());
            assertEquals(7, first.run(() -> 7));
        }
        FolderLock.hold(folder, "testing").close();
    }

    @Test
    void aTemporaryFileOfAKilledProcessIsWrittenOver() throws IOException {
        Files.writeString(folder.resolve(".a.txt.tmp"), "longer than what comes now");
        AtomicFile.writeString(folder.resolve("a.txt"), "short");
        assertEquals("short", Files.readString(folder.resolve("a.txt")));
        assertFalse(Files.exists(folder.resolve(".a.txt.tmp")));
    }

    @Test
    void aFolderWithNothingButLeftoversIsFree() throws IOException {
        Files.writeString(folder.resolve(".lock"), "");
        Files.writeString(folder.resolve(".config.json.tmp"), "{");
        OutputFolder.requireFree(folder);
        FolderLock.create(folder, "testing").close();
        assertEquals(List.of(), List.of(folder.toFile().list()));
        Files.writeString(folder.resolve("config.json"), "{}");
        assertThrows(UnusableInputException.class, () -> FolderLock.create(folder, "testing"));
        assertFalse(Files.exists(folder.resolve(".lock")), "who is refused leaves nothing");
    }

    @Test
    void aFolderThatGoesAwayIsNotMadeAnewAndIsTheReasonForEveryFailure() throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        try (FolderLock lock = FolderLock.hold(run, "testing")) {
            AtomicFile.writeString(run.resolve("a.txt"), "a");
            OutputFolder.delete(run);
            for (FolderLock.Work<Void> work : List.<FolderLock.Work<Void>>of(
                    () -> {
                        AtomicFile.writeString(run.resolve("deep/b.txt"), "b");
                        return null;
                    },
                    () -> {
                        Json.appendLine(run.resolve("c.jsonl"), 1);
                        return null;
                    },
                    () -> {
                        throw new IllegalStateException("there is no best snapshot");
                    },
                    () -> null)) {
                String message = assertThrows(MissingRequirementException.class, () -> lock.run(work))
                        .getMessage();
                assertTrue(message.contains(run + " is gone"), message);
                assertFalse(Files.exists(run));
            }
            // Another folder of that name is not it either.
            Files.createDirectory(run);
            Files.writeString(run.resolve(".lock"), "");
            assertThrows(MissingRequirementException.class, () -> AtomicFile.writeString(run.resolve("d"), "d"));
        }
        assertTrue(Files.exists(run.resolve(".lock")), "it is another's");
    }

    @Test
    void theHashOfWhatIsWrittenIsThatOfTheFile() throws IOException {
        Path file = folder.resolve("abc");
        // FIPS 180-2, appendix B.1
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                AtomicFile.writeHashed(file, out -> {
                    out.write('a');
                    out.write(new byte[] {'b', 'c'});
                }));
        assertEquals("abc", Files.readString(file));
    }
}
