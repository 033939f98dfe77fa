package org.lesionforge.bench.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.lesionforge.bench.fuzz.kind.Folders;

/**
 * All mutants of one kind: starts a {@link Worker}, reads its results, and starts another after a mutant at which one
 * ended or gave no result in time.
 */
final class Campaign {
    static final String FAULTS = "faults.txt";
    /** Heap limit: these small files must not need more. */
    private static final String HEAP = "-Xmx512m";

    private static final long START_SECONDS = 120;
    private static final long HANG_SECONDS = 10;

    private final String kind;
    private final Path folder;
    private final long seed;

    Campaign(String kind, Path folder, long seed) {
        this.kind = kind;
        this.folder = folder;
        this.seed = seed;
    }

    Tally run(int mutants) throws IOException, InterruptedException {
        Folders.delete(folder);
        Files.createDirectories(folder);
        Tally tally = new Tally(kind);
        long start = System.nanoTime();
        for (int next = 0; next < mutants; ) {
            next = listen(next, mutants, tally);
        }
        tally.took((System.nanoTime() - start) / 1e9);
        return tally;
    }

    /** @return the next mutant to try */
    private int listen(int first, int mutants, Tally tally) throws IOException, InterruptedException {
        Process worker = start(first, mutants);
        BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(worker, lines), "reader of " + kind);
        reader.start();
        int next = first;
        boolean started = false;
        try {
            while (true) {
                long patience = started ? HANG_SECONDS : START_SECONDS;
                Optional<String> line = lines.poll(patience, TimeUnit.SECONDS);
                if (line == null) {
                    return fault(next, Outcome.HANG, "no answer in " + patience + " seconds", tally);
                }
                if (line.isEmpty()) {
                    int code = worker.waitFor();
                    if (next == mutants && code == 0) {
                        return next;
                    }
                    if (!started) {
                        throw new IOException("the process for " + kind + " ended with exit code " + code
                                + " before its first mutant; see " + folder.resolve("stderr.txt"));
                    }
                    return fault(next, Outcome.CRASH, "exit code " + code, tally);
                }
                started = true;
                Worker.Line result = Worker.Line.parse(line.get());
                tally.add(result);
                if (result.outcome().isFault) {
                    keep(result);
                }
                next = result.number() + 1;
            }
        } finally {
            worker.destroyForcibly().waitFor();
            reader.join();
        }
    }

    private int fault(int number, Outcome outcome, String detail, Tally tally) throws IOException {
        Worker.Line line = new Worker.Line(number, outcome, 0, 0, "", detail);
        tally.add(line);
        keep(line);
        return number + 1;
    }

    private void keep(Worker.Line line) throws IOException {
        Files.writeString(folder.resolve(FAULTS), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Path current = folder.resolve(Worker.CURRENT);
        // The process ended before it could keep the mutant.
        if (Files.exists(current) && (line.outcome() == Outcome.CRASH || line.outcome() == Outcome.HANG)) {
            Files.copy(current, folder.resolve(Worker.KEPT + line.number()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Process start(int first, int mutants) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                kind,
                folder.toString(),
                Long.toString(seed),
                Integer.toString(first),
                Integer.toString(mutants)));
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        builder.redirectError(
                ProcessBuilder.Redirect.appendTo(folder.resolve("stderr.txt").toFile()));
        return builder.start();
    }

    /** Ends with an empty line. */
    private static void read(Process worker, BlockingQueue<Optional<String>> lines) {
        try (BufferedReader reader = worker.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lines.add(Optional.empty());
        }
    }
}
