package org.lesionforge.cli.bench;

import picocli.CommandLine.Command;

/** {@code bench prepare|gan|classifier|inception} */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "How fast this machine does the work. Each prints one JSON line, to compare with docs/performance.md.",
        subcommands = {
            BenchPrepareCommand.class,
            BenchGanCommand.class,
            BenchClassifierCommand.class,
            BenchInceptionCommand.class
        })
public final class BenchCommand {}
