package org.lesionforge.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhysicalCoresTest {
    @TempDir
    Path processors;

    @Test
    void twoThreadsOfACoreCountOnce() throws IOException {
        addProcessor("cpu0", "0,2");
        addProcessor("cpu1", "1,3");
        addProcessor("cpu2", "0,2");
        addProcessor("cpu3", "1,3");
        assertEquals(OptionalInt.of(2), PhysicalCores.count(processors));
    }

    @Test
    void processorsWithoutSiblingsAreCores() throws IOException {
        addProcessor("cpu0", "0");
        addProcessor("cpu1", "1");
        assertEquals(OptionalInt.of(2), PhysicalCores.count(processors));
    }

    @Test
    void whatIsSwitchedOffOrNoProcessorDoesNotCount() throws IOException {
        addProcessor("cpu0", "0-1");
        Files.createDirectories(processors.resolve("cpu1"));
        Files.createDirectories(processors.resolve("cpufreq"));
        assertEquals(OptionalInt.of(1), PhysicalCores.count(processors));
    }

    @Test
    void aSystemThatDoesNotTellIsUnknown() {
        assertEquals(OptionalInt.empty(), PhysicalCores.count(processors));
        assertEquals(OptionalInt.empty(), PhysicalCores.count(processors.resolve("absent")));
    }

    @Test
    void threadsAreTheCoresThatMayBeUsedWhateverLibtorchCounts() {
        assertEquals(2, Torch.usefulThreads(OptionalInt.of(2), 1, 2), "miscounted");
        assertEquals(2, Torch.usefulThreads(OptionalInt.of(64), 64, 2), "in a container");
        assertEquals(4, Torch.usefulThreads(OptionalInt.of(4), 4, 8), "two threads of each core");
        assertEquals(6, Torch.usefulThreads(OptionalInt.empty(), 6, 8), "the system does not tell");
    }

    private void addProcessor(String name, String siblings) throws IOException {
        Path topology = Files.createDirectories(processors.resolve(name).resolve("topology"));
        Files.writeString(topology.resolve("thread_siblings_list"), siblings + "\n");
    }
}
