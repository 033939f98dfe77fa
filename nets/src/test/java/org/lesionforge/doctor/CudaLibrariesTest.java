package org.lesionforge.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With empty files for NVIDIA's libraries: where they are is all that is looked at. */
@DisabledOnOs(OS.WINDOWS)
final class CudaLibrariesTest {
    @TempDir
    Path root;

    @Test
    void everythingMissingIsNamedByItsFile() throws IOException {
        List<Finding> findings = CudaLibraries.of(Hosts.linux(root, Map.of()));
        assertEquals(
                List.of("CUDA", "cuDNN", "NCCL"),
                findings.stream().map(Finding::check).toList());
        findings.forEach(finding -> assertEquals(State.MISSING, finding.state(), finding.found()));
        assertEquals("not found: libcudnn.so.9", findings.get(1).found());
        assertEquals("not found: libnccl.so.2", findings.get(2).found());
    }

    @Test
    void libraryPathSystemAndLinkerAreSearched() throws IOException {
        put("python/nvidia/nccl/lib", "libnccl.so.2");
        put("usr/lib/x86_64-linux-gnu", "libcudnn.so.9");
        put("opt/cuda/lib", "libcudart.so.13");
        Path linker = Files.createDirectories(root.resolve("etc/ld.so.conf.d"));
        Files.writeString(linker.resolve("cuda.conf"), "# a comment\n/opt/cuda/lib\n");

        List<Finding> findings = CudaLibraries.of(Hosts.linux(
                root, Map.of("LD_LIBRARY_PATH", ":" + root.resolve("python/nvidia/nccl/lib") + ":/nowhere")));
        assertEquals(
                "in " + root.resolve("usr/lib/x86_64-linux-gnu"),
                findings.get(1).found());
        assertEquals(
                "in " + root.resolve("python/nvidia/nccl/lib"), findings.get(2).found());
        Finding cuda = findings.get(0);
        assertEquals(State.MISSING, cuda.state());
        assertEquals(
                Map.of("libcudart.so.13", root.resolve("opt/cuda/lib").toString()),
                cuda.facts().get("found"));
        assertTrue(cuda.found().startsWith("not found: libcublas.so.13, "), cuda.found());
    }

    private void put(String folder, String library) throws IOException {
        Files.createFile(Files.createDirectories(root.resolve(folder)).resolve(library));
    }
}
