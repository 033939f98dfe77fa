package org.lesionforge.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Whether a native library can be loaded: by {@link TrialLoad}, in a process of its own, so that a crash there is a finding here.
 *
 * @param library {@code libtorch} or {@code jpeg}
 * @param longest after which it is given up
 */
record Trial(String library, Duration longest) {
    /** Java answers with 128 and the number of the signal that ended a process. */
    private static final int SIGNALS = 128;

    private static final int SHOWN = 600;

    /** @param remedy what to do when it cannot be loaded */
    Finding of(Host host, String remedy) throws IOException {
        Path java = Path.of(host.property("java.home"), "bin", host.isWindows() ? "java.exe" : "java");
        if (!Files.isExecutable(java) || host.property("java.class.path").isBlank()) {
            return Finding.note(
                    check(),
                    "was not tried, since it is not known how this Java was started (" + java + ")",
                    "start the program by its launcher ./lesionforge",
                    Map.of());
        }
        long start = System.nanoTime();
        Process process = process(java, host).start();
        try {
            // What it says fits into the pipe, so that it ends without a reader.
            boolean ended = process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
            double seconds = (System.nanoTime() - start) / 1e9;
            return ended ? ended(process, seconds, remedy) : late(remedy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return late(remedy);
        } finally {
            process.destroyForcibly();
        }
    }

    private String check() {
        return library + " load";
    }

    /** Unpacks into the same folder, in the same environment; a crash leaves no file behind. */
    private ProcessBuilder process(Path java, Host host) {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+SuppressFatalErrorMessage",
                "-Djava.awt.headless=true"));
        host.properties().forEach((name, value) -> {
            if (name.startsWith("org.bytedeco.javacpp.") || name.equals("user.home")) {
                command.add("-D" + name + "=" + value);
            }
        });
        String path = host.property("java.class.path");
        command.addAll(List.of("-cp", path, TrialLoad.class.getName(), library));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(host.environment());
        builder.redirectInput(new File(host.isWindows() ? "NUL" : "/dev/null"));
        return builder;
    }

    private Finding ended(Process process, double seconds, String remedy) throws IOException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.exitValue();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("loaded", code == 0);
        facts.put("seconds", seconds);
        facts.put("exit_code", code);
        if (code == 0) {
            String version = said.substring(said.lastIndexOf('\n') + 1);
            facts.put("version", version);
            return Finding.ok(check(), String.format(Locale.ROOT, "loads, in %.1f s: %s", seconds, version), facts);
        }
        String excerpt = said.length() > SHOWN ? said.substring(0, SHOWN) + "…" : said;
        String how = code > SIGNALS
                ? "crashes when it is loaded (signal " + (code - SIGNALS) + ")"
                : "cannot be loaded" + (code == TrialLoad.CANNOT ? "" : " (exit code " + code + ")");
        return Finding.missing(
                check(), how + (excerpt.isEmpty() ? "" : ": " + excerpt.replaceAll("\\s+", " ")), remedy, facts);
    }

    private Finding late(String remedy) {
        return Finding.missing(
                check(),
                "had not been loaded after " + longest.toSeconds() + " s",
                remedy,
                Map.of("loaded", false, "seconds", longest.toMillis() / 1e3));
    }
}
