package org.lesionforge.cli.common;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.Printable;
import org.lesionforge.io.Progress;
import org.lesionforge.io.json.Json;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that every command has; use as a {@code @Mixin}. */
public final class CommonOptions {
    @Option(names = "--json", description = "Print one JSON document on stdout instead of text.")
    public boolean json;

    @Option(names = "--quiet", description = "No progress on stderr, warnings only.")
    boolean quiet;

    @Option(names = "--verbose", description = "Show the stack trace of a failure.")
    boolean verbose;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Options from a YAML file, or from the config.json of an earlier run; the command line goes "
                    + "before the file.")
    Path config;

    @Spec(Spec.Target.MIXEE)
    public CommandSpec command;

    private @Nullable Progress progress;

    /** Progress on stderr, or only warnings; one object for the whole command, which shows each warning once. */
    public Progress progress() {
        if (progress == null) {
            progress = new ConsoleProgress(command.commandLine().getErr(), quiet);
        }
        return progress;
    }

    /**
     * Evaluates options of the user.
     *
     * @throws ParameterException (exit code 2) where {@code options} throws IllegalArgumentException: a value is out of its range
     */
    public <T> T usage(Supplier<T> options) {
        try {
            return options.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /** As {@link #usage}, for a check without a result. */
    public void checkUsage(Runnable check) {
        usage(() -> {
            check.run();
            return Boolean.TRUE;
        });
    }

    /** The arguments of the program. */
    public List<String> arguments() {
        return command.root().commandLine().getParseResult().originalArgs();
    }

    /** One line of the command's result, on stdout. */
    public void print(String line) {
        command.commandLine().getOut().println(Printable.of(line));
        command.commandLine().getOut().flush();
    }

    /** Several lines of the command's result, on stdout. */
    public void printLines(String text) {
        text.lines().forEach(this::print);
    }

    /** The command's result as a JSON document of several lines, on stdout. */
    public void printJson(Object result) {
        command.commandLine().getOut().println(Printable.lines(Json.pretty(result)));
        command.commandLine().getOut().flush();
    }

    /** One line that is not a result, on stderr, even with {@code --quiet}. */
    void remark(String line) {
        command.commandLine().getErr().println("lesionforge: " + Printable.of(line));
        command.commandLine().getErr().flush();
    }
}
