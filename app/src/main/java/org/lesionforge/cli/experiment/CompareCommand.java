package org.lesionforge.cli.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.report.RunsTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code compare RUN…} */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Puts the differences that several experiments found side by side, from their files.")
public final class CompareCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Folders of finished experiments.")
    List<Path> runs;

    @Override
    public Integer call() {
        RunsTable table = new RunsTable(
                runs.stream().map(run -> InnerFolder.EXPERIMENT.in(run, common)).toList());
        if (common.json) {
            common.printJson(table.json());
        } else {
            common.printLines(table.text().stripTrailing());
        }
        return ExitCode.DONE;
    }
}
