package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with stand-ins for Maven and Java: what it sets before Java begins. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
    @TempDir
    Path tools;

    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    /** The character set that Java would get, and its last argument in hexadecimal. */
    private String started(Map<String, String> locale) throws IOException, InterruptedException {
        tool("mvn", "exit 0");
        tool("java", "for last; do :; done; locale charmap; printf %s \"$last\" | od -An -tx1 | tr -d ' \\n'");
        Path launcher = Path.of("..", "lesionforge").toAbsolutePath().normalize();
        ProcessBuilder builder =
                new ProcessBuilder(List.of("bash", launcher.toString(), "prepare", "köln")).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
        builder.environment().putAll(locale);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return said.lines()
                .filter(line -> !line.startsWith("lesionforge: building"))
                .reduce("", (a, b) -> a + b + ";");
    }

    @Test
    void javaReadsNamesAsUtf8InEveryLocale() throws IOException, InterruptedException {
        for (Map<String, String> locale : List.of(
                Map.<String, String>of(),
                Map.of("LC_ALL", "C"),
                Map.of("LANG", "POSIX"),
                Map.of("LC_CTYPE", "de_DE.ISO-8859-1"),
                Map.of("LANG", "C.UTF-8"))) {
            assertEquals("utf-8;6bc3b66c6e;", started(locale).toLowerCase(Locale.ROOT), locale.toString());
        }
    }
}
