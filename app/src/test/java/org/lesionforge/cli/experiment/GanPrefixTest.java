package org.lesionforge.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.lesionforge.cli.Main;
import org.lesionforge.generator.Flips;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
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
        GeneratorSpec<DcganOptions> options = experiment.gan.of(Dcgan.FAMILY, 0);
        assertEquals(0.25, options.own().remedies().translation());
        assertEquals(Flips.BOTH, options.own().remedies().flips());
        assertEquals(16, options.common().batch());
    }
}
