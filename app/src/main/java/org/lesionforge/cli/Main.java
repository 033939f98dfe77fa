package org.lesionforge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.UnusableInputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** Entry point: finds the command, runs it, turns failures into messages and exit codes. */
@Command(
        name = "lesionforge",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Balances a scarce medical image class with GAN-made images and finds out, honestly, whether that helped.",
        subcommands = {
            DemoCommand.class,
            PrepareCommand.class,
            GanCommand.class,
            ClassifyCommand.class,
            ExperimentCommand.class,
            ReportCommand.class,
            WeightsCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(Main::report);
    }

    private static int report(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("lesionforge: " + message(failure));
        if (parsed.hasMatchedOption("--verbose")) {
            failure.printStackTrace(err);
        } else if (exitCode(failure) == ExitCode.FAILURE) {
            err.println("lesionforge: run it again with --verbose for the details");
        }
        return exitCode(failure);
    }

    private static int exitCode(Exception failure) {
        if (failure instanceof UnusableInputException) {
            return ExitCode.UNUSABLE_INPUT;
        }
        return failure instanceof MissingRequirementException
                        || failure instanceof IOException
                        || failure instanceof UncheckedIOException
                ? ExitCode.MISSING_REQUIREMENT
                : ExitCode.FAILURE;
    }

    private static String message(Exception failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
