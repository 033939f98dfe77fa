package org.lesionforge.torch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/** How many cores there are, two threads on one of them counted once: the second adds nothing to convolutions. */
public final class PhysicalCores {
    private static final Path LINUX = Path.of("/sys/devices/system/cpu");

    private PhysicalCores() {}

    /** Empty where the system does not tell (all but Linux). */
    static OptionalInt count() {
        return count(LINUX);
    }

    /**
     * Counts the cores of a folder of Linux's {@code sysfs}.
     *
     * @param processors a folder with a folder {@code cpuN} for each processor, as Linux has it
     * @return cores with at least one processor that is switched on; empty where the folder does not tell
     */
    public static OptionalInt count(Path processors) {
        Set<String> cores = new HashSet<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(processors, "cpu[0-9]*")) {
            for (Path folder : folders) {
                // Processors of one core name the same siblings. Those that are switched off have no such file.
                Path siblings = folder.resolve("topology/thread_siblings_list");
                if (Files.exists(siblings)) {
                    cores.add(Files.readString(siblings).strip());
                }
            }
        } catch (IOException e) {
            return OptionalInt.empty();
        }
        return cores.isEmpty() ? OptionalInt.empty() : OptionalInt.of(cores.size());
    }
}
