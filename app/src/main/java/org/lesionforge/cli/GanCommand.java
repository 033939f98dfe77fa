package org.lesionforge.cli;

import picocli.CommandLine.Command;

/** {@code gan train|sample} */
@Command(
        name = "gan",
        mixinStandardHelpOptions = true,
        description = "Trains a DCGAN on one class and draws synthetic images from it.",
        subcommands = {GanTrainCommand.class, GanSampleCommand.class})
final class GanCommand {}
