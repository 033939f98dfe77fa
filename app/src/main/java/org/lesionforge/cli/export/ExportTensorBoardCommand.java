package org.lesionforge.cli.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.export.TensorBoardExport;
import org.lesionforge.run.RunLayout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export tensorboard RUN --out DIR} */
@Command(
        name = "tensorboard",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Writes a run's curves, sample grids, alarms and configuration as event files, which "
                + "'tensorboard --logdir DIR' shows. The run need not have ended.")
final class ExportTensorBoardCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Parameters(paramLabel = "RUN", description = "Folder of an experiment, a GAN run or a classifier's run.")
    Path run;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to make.")
    Path out;

    @Override
    public Integer call() throws IOException {
        TensorBoardExport.Written written = TensorBoardExport.write(found(), out, common.progress());
        if (common.json) {
            common.printJson(written);
        } else {
            common.print(written.events() + " events in " + written.files().size()
                    + " files; see them with: tensorboard --logdir " + out);
        }
        return ExitCode.DONE;
    }

    /** The folder itself, if it is a run; else the one run in it: an experiment first, which holds the other kinds. */
    private Path found() {
        if (RunLayout.Kind.of(run).isPresent()) {
            return run;
        }
        Path experiment = InnerFolder.EXPERIMENT.in(run, common);
        Path generator = experiment.equals(run) ? InnerFolder.GAN.in(run, common) : experiment;
        return generator.equals(run) ? InnerFolder.CLASSIFIER_RUN.in(run, common) : generator;
    }
}
