package org.lesionforge.cli;

import picocli.CommandLine.Command;

/** {@code gan train|resume|sample} */
@Command(
        name = "gan",
        mixinStandardHelpOptions = true,
        description = "Trains a DCGAN on one class and draws synthetic images from it.",
        subcommands = {GanTrainCommand.class, GanResumeCommand.class, GanSampleCommand.class})
final class GanCommand {}
