package org.lesionforge.bench.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionforge.bench.fuzz.kind.Kind;
import org.lesionforge.bench.fuzz.kind.Kinds;

/** A small sample of what {@code -Pfuzz} does at length. */
class FuzzTest {
    private static final int MUTANTS = 40;
    private static final long SEED = 2;

    static Stream<String> kinds() {
        return Kinds.ALL.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @Timeout(60)
    void noDamagedFileIsTakenForAnother(String name, @TempDir Path folder) throws IOException {
        Kind kind = Kinds.ALL.get(name).open(folder);
        Trial trial = new Trial(kind);
        List<String> faults = new ArrayList<>();
        int refused = 0;
        for (int number = 0; number < MUTANTS; number++) {
            Mutant mutant = Mutant.of(kind.samples(), kind.mutations(), SEED, number);
            Trial.Result result = trial.run(mutant);
            if (result.outcome().isFault) {
                faults.add(number + " (" + mutant.sample().name() + ": " + mutant.how() + "): " + result);
            }
            refused += result.outcome() == Outcome.REFUSED ? 1 : 0;
        }
        assertEquals(List.of(), faults);
        assertTrue(refused > MUTANTS / 4, refused + " of " + MUTANTS + " were refused: is anything damaged at all?");
    }
}
