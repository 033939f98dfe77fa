package org.lesionforge.cli.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.Main;
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
            assertTrue(command.getCommandSpec().optionsMap().containsKey("--threads"), name);
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

    private static void apply(String... arguments) {
        Any command = new Any();
        new CommandLine(command).parseArgs(arguments);
        command.computing.apply();
    }
}
