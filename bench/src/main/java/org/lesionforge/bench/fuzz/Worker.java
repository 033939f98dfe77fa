package org.lesionforge.bench.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.lesionforge.bench.fuzz.kind.Folders;
import org.lesionforge.bench.fuzz.kind.Kind;
import org.lesionforge.bench.fuzz.kind.Kinds;
import org.lesionforge.bench.fuzz.kind.Sample;
import org.lesionforge.bench.fuzz.mutation.Mutation;
import org.lesionforge.io.Printable;

/**
 * Tries the mutants of one kind in a separate process, which may crash or hang without affecting the others. Each
 * mutant is written to the file {@value #CURRENT} first, so that it is available after a crash.
 */
final class Worker {
    static final String CURRENT = "current";
    /** Prefix, before the mutant's number, of the name of a mutant with a fault. */
    static final String KEPT = "mutant-";

    private Worker() {}

    /**
     * One line on stdout for each mutant.
     *
     * @param number of the mutant
     * @param memory peak resident memory of the process so far, in MB; 0 where the system does not give it
     * @param how description of the mutations
     */
    record Line(int number, Outcome outcome, long milliseconds, long memory, String how, String detail) {
        @Override
        public String toString() {
            return number + "\t" + outcome + "\t" + milliseconds + "\t" + memory + "\t" + how + "\t" + detail;
        }

        static Line parse(String text) {
            String[] fields = text.split("\t", 6);
            return new Line(
                    Integer.parseInt(fields[0]),
                    Outcome.valueOf(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    fields[4],
                    fields[5]);
        }
    }

    /** @param arguments kind, empty folder, seed, first mutant, mutant after the last */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        Path folder = Path.of(arguments[1]);
        Path work = folder.resolve("work");
        Folders.delete(work); // of a worker that crashed
        Kind kind = Objects.requireNonNull(Kinds.ALL.get(arguments[0])).open(Files.createDirectories(work));
        Trial trial = new Trial(kind);
        List<Sample> samples = kind.samples();
        List<Mutation> mutations = kind.mutations();
        long seed = Long.parseLong(arguments[2]);
        for (int number = Integer.parseInt(arguments[3]); number < Integer.parseInt(arguments[4]); number++) {
            Mutant mutant = Mutant.of(samples, mutations, seed, number);
            Files.write(folder.resolve(CURRENT), mutant.bytes());
            long start = System.nanoTime();
            Trial.Result result = trial.run(mutant);
            long milliseconds = (System.nanoTime() - start) / 1_000_000;
            if (result.outcome().isFault) {
                Files.write(folder.resolve(KEPT + number), mutant.bytes());
            }
            out.println(new Line(
                    number,
                    result.outcome(),
                    milliseconds,
                    ResidentMemory.mostMegabytes(),
                    mutant.sample().name() + ": " + mutant.how(),
                    Printable.excerpt(result.detail())));
            out.flush();
        }
    }
}
