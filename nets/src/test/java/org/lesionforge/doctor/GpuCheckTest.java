package org.lesionforge.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With stand-ins for the driver's own program. */
@DisabledOnOs(OS.WINDOWS)
final class GpuCheckTest {
    @TempDir
    Path root;

    @Test
    void withoutCardAndDriver() throws IOException {
        Finding gpu = gpu();
        assertEquals(State.OK, gpu.state());
        assertTrue(gpu.found().contains("no NVIDIA driver; everything is computed on the CPU"), gpu.found());
    }

    @Test
    void cardsAreNamedByTheDriver() throws IOException {
        nvidiaSmi("echo 'NVIDIA H100 80GB HBM3, 580.95.05, 81559 MiB'");
        Finding gpu = gpu();
        // These tests run with natives for the CPU.
        assertEquals(State.NOTE, gpu.state());
        assertEquals(
                List.of("NVIDIA H100 80GB HBM3, 580.95.05, 81559 MiB"),
                gpu.facts().get("cards"));
        assertTrue(gpu.remedy().contains("-Pcuda"), gpu.remedy());
    }

    @Test
    void aDriverThatIsNotLoaded() throws IOException {
        nvidiaSmi("echo 'NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.'; exit 9");
        assertTrue(gpu().found().contains("names no card"), gpu().found());
    }

    @Test
    void aDriverWithoutItsTool() throws IOException {
        Path version = root.resolve("proc/driver/nvidia/version");
        Files.createDirectories(version.getParent());
        Files.writeString(version, "NVRM version: NVIDIA UNIX x86_64 Kernel Module  580.95.05\nGCC version:\n");
        assertTrue(gpu().found().endsWith("Kernel Module  580.95.05"), gpu().found());
    }

    private Finding gpu() throws IOException {
        return new GpuCheck()
                .of(Hosts.linux(root, Map.of("PATH", "/nowhere::" + root.resolve("bin"))))
                .get(0);
    }

    private void nvidiaSmi(String body) throws IOException {
        Path tool = root.resolve("bin/nvidia-smi");
        Files.createDirectories(tool.getParent());
        Files.writeString(tool, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
