package org.lesionforge.cli.generator;

import picocli.CommandLine.Command;

/** {@code gan train|resume|sample|interpolate|classify|inspect|families} */
@Command(
        name = "gan",
        mixinStandardHelpOptions = true,
        description = "Trains a generator on one class and draws synthetic images from it.",
        subcommands = {
            GanTrainCommand.class,
            GanResumeCommand.class,
            GanSampleCommand.class,
            GanInterpolateCommand.class,
            GanClassifyCommand.class,
            GanInspectCommand.class,
            GanFamiliesCommand.class
        })
public final class GanCommand {}
