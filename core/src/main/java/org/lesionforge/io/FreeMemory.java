package org.lesionforge.io;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory the machine has left. */
public final class FreeMemory {
    private static final Path LINUX = Path.of("/proc/meminfo");

    private FreeMemory() {}

    /**
     * {@return the bytes available to programs; on Linux including the file caches that the system would release for
     * them}
     */
    public static long bytes() {
        if (Files.isReadable(LINUX)) {
            try {
                return Files.readAllLines(LINUX).stream()
                        .filter(line -> line.startsWith("MemAvailable:"))
                        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseGet(FreeMemory::unused);
            } catch (IOException e) {
                return unused();
            }
        }
        return unused();
    }

    private static long unused() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getFreeMemorySize();
    }
}
