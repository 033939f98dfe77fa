package org.lesionforge.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.lesionforge.cli.bench.BenchCommand;
import org.lesionforge.cli.classifier.ClassifyCommand;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.PathConverter;
import org.lesionforge.cli.common.PlainValues;
import org.lesionforge.cli.common.Stdout;
import org.lesionforge.cli.common.Version;
import org.lesionforge.cli.common.ZooFactory;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.cli.config.ConfiguredArguments;
import org.lesionforge.cli.config.RecordedNames;
import org.lesionforge.cli.data.AuditCommand;
import org.lesionforge.cli.data.PrepareCommand;
import org.lesionforge.cli.experiment.CompareCommand;
import org.lesionforge.cli.experiment.DemoCommand;
import org.lesionforge.cli.experiment.ExperimentCommand;
import org.lesionforge.cli.experiment.FastArguments;
import org.lesionforge.cli.experiment.ReportCommand;
import org.lesionforge.cli.experiment.ResumedArguments;
import org.lesionforge.cli.export.ExportCommand;
import org.lesionforge.cli.generator.GanCommand;
import org.lesionforge.cli.isic.IsicCommand;
import org.lesionforge.cli.monitor.ServeCommand;
import org.lesionforge.cli.quality.EvaluateCommand;
import org.lesionforge.cli.setup.CompletionCommand;
import org.lesionforge.cli.setup.DoctorCommand;
import org.lesionforge.cli.setup.WeightsCommand;
import org.lesionforge.io.FileNames;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.OutOfMemory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point: finds the command, runs it, and turns failures into messages and exit codes. */
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
            ExportCommand.class,
            ServeCommand.class,
            WeightsCommand.class,
            IsicCommand.class,
            DoctorCommand.class,
            BenchCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {
    /** The Windows console has its own character set. */
    private static final boolean WINDOWS = File.separatorChar == '\\';

    Main() {}

    public static void main(String[] arguments) {
        Stdout stdout = Stdout.ofProcess();
        CommandLine command = commandLine(() -> Zoos.STANDARD, arguments);
        if (!WINDOWS) {
            // In the POSIX locale Java would print question marks for letters, so that two classes could look the same.
            command.setOut(utf8(System.out)).setErr(utf8(System.err));
        }
        int exitCode = run(command, arguments);
        System.out.flush();
        System.exit(stdout.exitCode(exitCode, System.err));
    }

    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Runs the program with a command line, and with the file of settings that it may name. */
    static int run(CommandLine command, String... arguments) {
        try {
            // In a locale that Java decodes incorrectly, the command line is unreliable.
            List.of(arguments).forEach(FileNames::requireKnown);
            ConfiguredArguments configured =
                    ConfiguredArguments.of(command, RecordedNames.replaced(command, arguments));
            command.setExpandAtFiles(false);
            ConfiguredArguments resumed =
                    ResumedArguments.of(command, FastArguments.expand(command, configured.arguments()));
            return command.setParameterExceptionHandler((failure, all) -> report(failure, configured, resumed))
                    .execute(resumed.arguments());
        } catch (ParameterException e) {
            return reportUsage(e);
        } catch (UnusableInputException | MissingRequirementException | UncheckedIOException | InvalidPathException e) {
            Exception failure = e instanceof InvalidPathException path ? explained(path) : e;
            command.getErr().println("lesionforge: " + Printable.of(message(failure)));
            command.getErr().flush();
            return exitCode(failure);
        }
    }

    public static CommandLine commandLine() {
        return commandLine(Zoos.STANDARD);
    }

    /** The program with the networks of {@code zoos}. */
    public static CommandLine commandLine(Zoos zoos) {
        return furnished(new CommandLine(new Main(), new ZooFactory(zoos)));
    }

    /** The same for one command line, with no more of it made than that needs. */
    static CommandLine commandLine(Supplier<Zoos> zoos, String... arguments) {
        return furnished(NeededCommands.of(zoos, arguments));
    }

    private static CommandLine furnished(CommandLine command) {
        PlainValues.registerAt(command);
        return command.registerConverter(Path.class, new PathConverter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionStrategy(Main::run)
                .setParameterExceptionHandler((failure, arguments) -> reportUsage(failure))
                .setExecutionExceptionHandler(Main::report);
    }

    /**
     * Exhausted memory is not an exception: picocli would print a stack trace and exit with the code of a failed check.
     */
    private static int run(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (StackOverflowError e) {
            throw failure(parsed, new UnusableInputException("the input is nested too deeply to be read", e));
        } catch (OutOfMemoryError e) {
            throw failure(
                    parsed,
                    new MissingRequirementException(
                            "there is not enough memory for this ("
                                    + Runtime.getRuntime().maxMemory() / 1_000_000
                                    + " MB of Java's own); use smaller images or batches, close other programs, or allow"
                                    + " more with LESIONFORGE_JAVA_OPTIONS=-Xmx8g",
                            e));
        }
    }

    private static ExecutionException failure(ParseResult parsed, RuntimeException cause) {
        CommandLine command =
                parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
        return new ExecutionException(command, cause.getMessage(), cause);
    }

    /** A value recorded by a run is an input, not a usage error. */
    private static int report(ParameterException failure, ConfiguredArguments configured, ConfiguredArguments resumed) {
        ParameterException located = configured.located(resumed.located(failure));
        if (!resumed.hasSet(failure)) {
            return reportUsage(located);
        }
        PrintWriter err = failure.getCommandLine().getErr();
        err.println("lesionforge: " + Printable.of(message(located)));
        err.flush();
        return ExitCode.UNUSABLE_INPUT;
    }

    private static int reportUsage(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("lesionforge: " + Printable.lines(message(failure)));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("see: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.WRONG_USAGE;
    }

    private static int report(Exception thrown, CommandLine command, ParseResult parsed) {
        Exception failure = explained(thrown);
        PrintWriter err = command.getErr();
        err.println("lesionforge: "
                + (exitCode(failure) == ExitCode.FAILURE
                        ? Printable.lines(message(failure))
                        : Printable.of(message(failure))));
        if (command.getParseResult().hasMatchedOption("--verbose")) {
            failure.printStackTrace(err);
        } else if (exitCode(failure) == ExitCode.FAILURE) {
            err.println("lesionforge: run it again with --verbose for the details");
        }
        return exitCode(failure);
    }

    private static Exception explained(Exception failure) {
        if (failure instanceof InvalidPathException path) {
            return explained(path);
        }
        // Where a training or a network's features end so, the message says more.
        return failure instanceof RuntimeException e && OutOfMemory.is(e)
                ? OutOfMemory.explained(
                        e,
                        "there is not enough memory for this; use smaller images or batches, free memory that other"
                                + " programs use, or compute on the CPU, with --device cpu")
                : failure;
    }

    /** A name from a file is not a valid path, in this locale or in any. */
    private static Exception explained(InvalidPathException failure) {
        try {
            FileNames.requireKnown(failure.getInput());
        } catch (MissingRequirementException e) {
            return e;
        }
        return new UnusableInputException(
                "'" + failure.getInput() + "' cannot be the path of a file: " + failure.getReason(), failure);
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
            // Java's own message is only the path.
            return failure.getMessage() + ": " + FileTree.reason(file);
        }
        // libtorch appends its own stack trace to the message.
        return failure.getMessage().split("\nException raised from", 2)[0];
    }
}
