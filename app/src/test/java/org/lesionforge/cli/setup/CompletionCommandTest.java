package org.lesionforge.cli.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.common.ExitCode;

/** {@code completion}: bash takes the script, and it completes what there is. */
@DisabledOnOs(OS.WINDOWS)
final class CompletionCommandTest {
    @TempDir
    Path folder;

    /** What bash says; each argument is a line of the script that it runs. */
    private String bash(String... lines) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Process bash = new ProcessBuilder("bash", "--norc", "-c", String.join("\n", lines))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(bash.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, bash.exitValue(), Files.readString(out));
        return Files.readString(out);
    }

    private List<String> completions(String... words) throws IOException, InterruptedException {
        String said = bash(
                "source ./script",
                "COMP_WORDS=(lesionforge " + String.join(" ", words) + ")",
                "COMP_CWORD=" + words.length,
                "_complete_lesionforge",
                "printf '%s\\n' \"${COMPREPLY[@]}\"");
        return Arrays.asList(said.split("\\s+"));
    }

    @Test
    void bashCompletesCommandsOptionsAndWords() throws IOException, InterruptedException {
        String script = Invocation.of("completion", "bash").succeeds().out();
        Files.writeString(folder.resolve("script"), script);
        assertEquals("", bash("bash -n script"));
        assertTrue(completions("ga").contains("gan"));
        assertEquals(List.of("train"), completions("gan", "tr"));
        assertTrue(completions("gan", "train", "--snap").contains("--snapshot-every"));
        assertTrue(completions("experiment", "--gan-wi").contains("--gan-width"));
        assertEquals(script, Invocation.of("completion", "zsh").succeeds().out(), "it sees which shell runs it");
    }

    @Test
    void otherShellsAreWrongUsage() {
        Invocation.of("completion", "fish").fails(ExitCode.WRONG_USAGE, "fish", "bash");
        Invocation.of("completion").fails(ExitCode.WRONG_USAGE, "bash|zsh");
    }
}
