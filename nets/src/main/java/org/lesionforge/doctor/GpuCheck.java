package org.lesionforge.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The graphics card, as its driver tells, and what the CUDA natives need to use it. */
final class GpuCheck implements Check {
    private static final int LONGEST_SECONDS = 5;
    private static final String BUILD = "build with mvn -Pcuda to use it, see docs/guide/gpu.md";

    @Override
    public List<Finding> of(Host host) throws IOException {
        boolean cuda = NativeJar.of(host.classes()).stream()
                .anyMatch(jar -> jar.module().equals("pytorch") && jar.isForGpu());
        List<Finding> findings = new ArrayList<>(List.of(card(host, cuda)));
        if (cuda) {
            findings.addAll(CudaLibraries.of(host));
        }
        return findings;
    }

    private static Finding card(Host host, boolean cuda) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("cuda_natives", cuda);
        Optional<Path> tool = tool(host);
        if (tool.isEmpty()) {
            return withoutTool(host, cuda, facts);
        }
        List<String> cards = cards(tool.get());
        facts.put("cards", cards);
        if (cards.isEmpty()) {
            return absent("nvidia-smi is there and names no card", cuda, facts);
        }
        String found = String.join("; ", cards);
        return cuda
                ? Finding.ok("gpu", found, facts)
                : Finding.note("gpu", found + "; this build's libtorch computes on the CPU", BUILD, facts);
    }

    private static Finding withoutTool(Host host, boolean cuda, Map<String, Object> facts) throws IOException {
        Path driver = host.root().resolve("proc/driver/nvidia/version");
        if (!Files.isReadable(driver)) {
            return absent("none: there is no nvidia-smi and no NVIDIA driver", cuda, facts);
        }
        String version = Files.readString(driver, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        return Finding.note(
                "gpu", "a driver without nvidia-smi: " + version.strip(), cuda ? "install nvidia-smi" : BUILD, facts);
    }

    private static Finding absent(String why, boolean cuda, Map<String, Object> facts) {
        return cuda
                ? Finding.note(
                        "gpu",
                        why + "; this build's libtorch is for CUDA and will compute on the CPU",
                        "install NVIDIA's driver, or build without -Pcuda",
                        facts)
                : Finding.ok("gpu", why + "; everything is computed on the CPU", facts);
    }

    private static Optional<Path> tool(Host host) {
        String name = host.isWindows() ? "nvidia-smi.exe" : "nvidia-smi";
        return host.variable("PATH").stream()
                .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A line for each: name, driver, memory. Empty when the tool fails, as it does where a driver is not loaded. */
    private static List<String> cards(Path tool) throws IOException {
        Process process = new ProcessBuilder(
                        tool.toString(), "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // What it prints fits into the pipe, so that it ends without a reader.
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                return List.of();
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            process.destroyForcibly();
        }
    }
}
