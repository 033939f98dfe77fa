package org.lesionforge.cli.classifier;

import picocli.CommandLine.Command;

/** {@code classify train|resume|evaluate|predict|architectures} */
@Command(
        name = "classify",
        mixinStandardHelpOptions = true,
        description = "Trains a classifier, measures how good it is, and classifies images with it.",
        subcommands = {
            ClassifyTrainCommand.class,
            ClassifyResumeCommand.class,
            ClassifyEvaluateCommand.class,
            ClassifyPredictCommand.class,
            ClassifyArchitecturesCommand.class
        })
public final class ClassifyCommand {}
