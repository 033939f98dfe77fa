package org.lesionforge.cli.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.Main;
import org.lesionforge.io.Progress;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Computed;
import org.lesionforge.torch.Precision;
import org.lesionforge.torch.Torch;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

final class ComputeOptionsTest {
    private static final List<String> COMPUTING = List.of(
            "demo",
            "prepare d",
            "audit d",
            "gan train d",
            "gan resume r",
            "gan sample r",
            "gan interpolate r",
            "classify train d",
            "classify evaluate r i",
            "classify predict r i",
            "experiment d",
            "evaluate a b",
            "bench prepare f",
            "bench gan",
            "bench classifier n train",
            "bench inception train");

    @CommandLine.Command
    private static final class Any {
        @Mixin
        private ComputeOptions computing;
    }

    @Test
    void everyCommandThatComputesHasIt() {
        for (String name : COMPUTING) {
            CommandLine command = Main.commandLine();
            for (String word : name.split(" ", -1)) {
                command = command.getSubcommands().getOrDefault(word, command);
            }
            boolean nets = !name.contains("prepare");
            for (String option : nets ? List.of("--threads", "--device", "--precision") : List.of("--threads")) {
                assertTrue(command.getCommandSpec().optionsMap().containsKey(option), name + " " + option);
            }
        }
    }

    @Test
    void libtorchComputesWithSoMany() {
        int usual = Torch.threads();
        try {
            apply("--threads", "1");
            assertEquals(1, Torch.threads());
            apply();
            assertEquals(1, Torch.threads());
        } finally {
            Torch.useThreads(usual);
        }
    }

    @Test
    void noThreadIsWrongUsage() {
        Invocation.of("audit", "d", "--threads", "0")
                .fails(ExitCode.WRONG_USAGE, "--threads must be at least 1, got 0");
    }

    @Test
    void whatThereIsNotIsWrongUsage() {
        Invocation.of("audit", "d", "--device", "gpu")
                .fails(ExitCode.WRONG_USAGE, "--device is auto, cpu, cuda or cuda:N, got 'gpu'");
        Invocation.of("audit", "d", "--precision", "float16")
                .fails(ExitCode.WRONG_USAGE, "--precision is auto, float32, tf32 or bfloat16, got 'float16'");
        Invocation.of("audit", "d", "--device", "cpu", "--precision", "tf32")
                .fails(ExitCode.WRONG_USAGE, "--precision tf32", "on cpu", "float32 or bfloat16");
    }

    @Test
    void aCardThatIsNotThereIsMissing() {
        Invocation.of("audit", "d", "--device", "cuda:99")
                .fails(ExitCode.MISSING_REQUIREMENT, "cuda:99", "libtorch finds");
    }

    @Test
    void aRunThatHasNotBegunIsNotResumed(@TempDir Path folder) throws IOException {
        Any command = new Any();
        new CommandLine(command).parseArgs("--device", "cpu");
        command.computing.apply();
        Path config = folder.resolve("config.json");
        assertEquals(
                Compute.cpu().computed(),
                command.computing.resumed(config, Progress.SILENT).computed());
        Files.writeString(config, "{\"computed\": {\"device\": \"cuda:3\", \"precision\": \"bfloat16\"}}");
        assertEquals(
                new Computed("cpu", Precision.BFLOAT16),
                command.computing.resumed(config, Progress.SILENT).computed());
    }

    @Test
    void whatIsAskedForComputes() {
        Any command = new Any();
        new CommandLine(command).parseArgs("--device", "cpu", "--precision", "bfloat16");
        command.computing.apply();
        assertTrue(command.computing.compute().device().is_cpu());
        assertEquals(Precision.BFLOAT16, command.computing.compute().precision());
    }

    private static void apply(String... arguments) {
        Any command = new Any();
        new CommandLine(command).parseArgs(arguments);
        command.computing.apply();
    }
}
