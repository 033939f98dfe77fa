package org.lesionforge.bench.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.lesionforge.bench.fuzz.kind.Sample;
import org.lesionforge.bench.fuzz.mutation.Mutation;

/**
 * A damaged file.
 *
 * @param sample the sound file it was made from
 * @param how description of the mutations
 */
record Mutant(Sample sample, String how, byte[] bytes) {
    private static final int MOST_TRIES = 100;
    private static final int MOST_MUTATIONS = 3;

    /** Mutant {@code number} of a seed; it does not depend on the mutants before. One to three mutations. */
    static Mutant of(List<Sample> samples, List<Mutation> mutations, long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + number);
        Sample sample = samples.get(random.nextInt(samples.size()));
        byte[] bytes = sample.bytes();
        StringBuilder how = new StringBuilder();
        int wanted = 1 + (random.nextInt(4) == 0 ? random.nextInt(MOST_MUTATIONS) : 0);
        for (int tries = 0; wanted > 0 && tries < MOST_TRIES; tries++) {
            Mutation mutation = mutations.get(random.nextInt(mutations.size()));
            byte[] changed = mutation.change().apply(bytes, random);
            if (!Arrays.equals(changed, bytes)) {
                how.append(how.isEmpty() ? "" : ", ").append(mutation.name());
                bytes = changed;
                wanted--;
            }
        }
        return new Mutant(sample, how.toString(), bytes);
    }
}
