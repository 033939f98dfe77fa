package org.lesionforge.cli.experiment;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.io.json.Json;
import org.lesionforge.report.page.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code lesionforge report RUN}: redraws the report from the run's files. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Redraws RUN/report.html and RUN/figures/*.svg from the run's files; works on an unfinished run too.")
public final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The folder that was named with --out.")
    private Path run;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws Exception {
        Path page = Report.write(InnerFolder.EXPERIMENT.in(run, common));
        common.print(common.json ? Json.line(Map.of("report", page.toString())) : page.toString());
        return ExitCode.DONE;
    }
}
