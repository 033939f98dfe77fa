package org.lesionforge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.UnusableInputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

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
            AuditCommand.class,
            GanCommand.class,
            ClassifyCommand.class,
            ExperimentCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            ReportCommand.class,
            WeightsCommand.class,
            IsicCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Stdout stdout = Stdout.ofProcess();
        int exitCode = commandLine().execute(arguments);
        System.out.flush();
        System.exit(stdout.exitCode(exitCode, System.err));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Main::reportUsage)
                .setExecutionExceptionHandler(Main::report);
    }

    private static int reportUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("lesionforge: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("see: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.WRONG_USAGE;
    }

    private static int report(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("lesionforge: " + message(failure));
        if (command.getParseResult().hasMatchedOption("--verbose")) {
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
        if (failure.getMessage() == null) {
            return failure.getClass().getSimpleName();
        }
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            // Java's own message is the bare path.
            return failure.getMessage() + ": "
                    + failure.getClass().getSimpleName().replace("Exception", "");
        }
        // libtorch puts the frames of its own stack behind the message.
        return failure.getMessage().split("\nException raised from", 2)[0];
    }
}
