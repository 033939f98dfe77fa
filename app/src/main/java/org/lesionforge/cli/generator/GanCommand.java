package org.lesionforge.cli.generator;

import picocli.CommandLine.Command;

/** {@code gan train|resume|sample|interpolate|inspect} */
@Command(
        name = "gan",
        mixinStandardHelpOptions = true,
        description = "Trains a DCGAN on one class and draws synthetic images from it.",
        subcommands = {
            GanTrainCommand.class,
            GanResumeCommand.class,
            GanSampleCommand.class,
            GanInterpolateCommand.class,
            GanInspectCommand.class
        })
public final class GanCommand {}
