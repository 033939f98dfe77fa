package org.lesionforge.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.lesionforge.cli.Main;
import org.lesionforge.gan.Flips;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

final class GanPrefixTest {
    @Test
    void anExperimentHasTheOptionsOfTrainingAGanWithGanBeforeEach() {
        CommandLine main = Main.commandLine();
        ParseResult parsed = main.parseArgs(
                "experiment", "data", "--out", "run", "--gan-preset", "small-data", "--gan-translation", "0.25");
        ExperimentCommand experiment =
                (ExperimentCommand) parsed.subcommand().commandSpec().userObject();
        assertEquals(0.25, experiment.gan.options(0).remedies().translation());
        assertEquals(Flips.BOTH, experiment.gan.options(0).remedies().flips());
        assertEquals(16, experiment.gan.options(0).batch());
    }
}
