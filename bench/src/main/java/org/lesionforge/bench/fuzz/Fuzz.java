package org.lesionforge.bench.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lesionforge.bench.fuzz.kind.Kinds;

/**
 * Damages files of every kind and prints what became of them, as the table of {@code docs/reliability.md}. Every kind
 * has its own process; a mutant that reveals a fault is kept in the folder, with a line in {@code faults.txt}.
 *
 * <pre>mvn -q -Pfuzz -pl core,bench verify -Dfuzz.mutants=1000 -Dfuzz.seed=1 -Dfuzz.kinds=jpeg,png</pre>
 */
public final class Fuzz {
    private Fuzz() {}

    /**
     * @param arguments an output folder, the number of mutants of each kind, the seed, and the kinds separated by
     * commas or {@code all}
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        int mutants = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        List<String> kinds =
                arguments[3].equals("all") ? List.copyOf(Kinds.ALL.keySet()) : List.of(arguments[3].split(",", -1));
        for (String kind : kinds) {
            if (!Kinds.ALL.containsKey(kind)) {
                throw new IllegalArgumentException("no kind '" + kind + "'; there are " + Kinds.ALL.keySet());
            }
        }
        List<Tally> tallies = new ArrayList<>();
        for (String kind : kinds) {
            Tally tally = new Campaign(kind, folder.resolve(kind), seed).run(mutants);
            System.out.println(tally);
            tallies.add(tally);
        }
        System.out.println();
        System.out.println(Tally.table(tallies));
        if (tallies.stream().anyMatch(Tally::hasFaults)) {
            System.err.println("there are faults: " + folder.resolve("<kind>").resolve(Campaign.FAULTS));
            System.exit(1);
        }
    }
}
