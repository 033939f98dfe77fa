package org.lesionforge.cli.experiment;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.lesionforge.io.ForwardingProgress;
import org.lesionforge.io.Printable;
import org.lesionforge.io.Progress;

/** Writes a run's messages to its {@code log.txt}, with the time, and forwards everything. */
final class RunLog extends ForwardingProgress implements AutoCloseable {
    private final PrintWriter file;

    private RunLog(PrintWriter file, Progress next) {
        super(next);
        this.file = file;
    }

    /** @param opening earlier messages, which were already shown */
    static RunLog open(Path path, List<String> opening, Progress next) throws IOException {
        RunLog log = new RunLog(
                new PrintWriter(
                        Files.newBufferedWriter(
                                path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                        true),
                next);
        opening.forEach(log::write);
        return log;
    }

    @Override
    public void advance(String task, long done, long total, String detail) {
        if (done >= total) {
            write(task + " " + done + "/" + total + " " + detail);
        }
        super.advance(task, done, total, detail);
    }

    @Override
    public void message(String text) {
        write(text);
        super.message(text);
    }

    @Override
    public void warn(String text) {
        write("warning: " + text);
        super.warn(text);
    }

    private void write(String text) {
        file.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + Printable.of(text));
    }

    @Override
    public void close() {
        file.close();
    }
}
