package org.lesionforge.doctor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * NVIDIA's libraries, which the CUDA natives need and do not bring: where the dynamic linker finds each. It looks into {@code LD_LIBRARY_PATH},
 * which the launcher sets, and into the folders of the system.
 */
final class CudaLibraries {
    /** The libraries that {@code libtorch_cuda.so} and {@code libtorch_cpu.so} of these natives name, by the package that has them. */
    private static final Map<String, List<String>> NEEDED = needed();

    private static final List<String> SYSTEM = List.of(
            "usr/local/cuda/lib64",
            "usr/local/cuda/lib",
            "lib64",
            "usr/lib64",
            "lib/x86_64-linux-gnu",
            "usr/lib/x86_64-linux-gnu",
            "lib",
            "usr/lib");
    private static final String LINKER = "etc/ld.so.conf.d";

    private CudaLibraries() {}

    private static Map<String, List<String>> needed() {
        Map<String, List<String>> needed = new LinkedHashMap<>();
        needed.put(
                "CUDA",
                List.of(
                        "libcudart.so.13",
                        "libcublas.so.13",
                        "libcublasLt.so.13",
                        "libcusparse.so.12",
                        "libcufft.so.12",
                        "libcurand.so.10",
                        "libcufile.so.0",
                        "libcupti.so.13"));
        needed.put("cuDNN", List.of("libcudnn.so.9"));
        needed.put("NCCL", List.of("libnccl.so.2"));
        return needed;
    }

    /** One finding for each package: in which folders its libraries are, or which are in none. */
    static List<Finding> of(Host host) throws IOException {
        Set<Path> folders = folders(host);
        List<Finding> findings = new ArrayList<>();
        NEEDED.forEach((title, libraries) -> findings.add(finding(title, libraries, folders)));
        return findings;
    }

    private static Finding finding(String title, List<String> libraries, Set<Path> folders) {
        Map<String, String> places = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String library : libraries) {
            Optional<Path> folder = folders.stream()
                    .filter(each -> Files.isRegularFile(each.resolve(library)))
                    .findFirst();
            folder.ifPresentOrElse(found -> places.put(library, found.toString()), () -> missing.add(library));
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("found", places);
        facts.put("missing", missing);
        if (missing.isEmpty()) {
            return Finding.ok(title, "in " + String.join(", ", new LinkedHashSet<>(places.values())), facts);
        }
        return Finding.missing(
                title,
                "not found: " + String.join(", ", missing),
                "install " + title
                        + ", or name the folder of these files in LD_LIBRARY_PATH; docs/guide/gpu.md has the steps",
                facts);
    }

    private static Set<Path> folders(Host host) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        host.variable("LD_LIBRARY_PATH").stream()
                .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .forEach(folders::add);
        SYSTEM.forEach(folder -> folders.add(host.root().resolve(folder)));
        folders.addAll(configured(host.root()));
        return folders;
    }

    /** What files such as {@code etc/ld.so.conf.d/cuda.conf} add: a folder a line. */
    private static List<Path> configured(Path root) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (!Files.isDirectory(root.resolve(LINKER))) {
            return folders;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(LINKER), "*.conf")) {
            for (Path file : files) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.map(String::strip)
                            .filter(line -> line.startsWith("/"))
                            .map(line -> root.resolve(line.substring(1)))
                            .forEach(folders::add);
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }
        }
        return folders;
    }
}
