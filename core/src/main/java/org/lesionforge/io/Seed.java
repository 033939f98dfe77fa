package org.lesionforge.io;

import java.util.SplittableRandom;

/**
 * The seed from which every random choice of a run follows. It is split by purpose, so that the number of draws for one
 * purpose does not change another.
 *
 * <p>Mixing is SplitMix64's finaliser (Steele, Lea, Flood 2014); stable across versions of this program and of Java.
 */
public record Seed(long value) {
    /**
     * {@return the seed of one purpose}
     *
     * @param purpose its name: {@code latents}, {@code order}, …
     */
    public Seed of(String purpose) {
        long mixed = value;
        for (int i = 0; i < purpose.length(); i++) {
            mixed = mix(mixed + 0x9E3779B97F4A7C15L * (purpose.charAt(i) + 1));
        }
        return new Seed(mix(mixed));
    }

    /**
     * {@return the seed of item {@code index}; it depends only on this seed and {@code index}}
     *
     * @param index at least 0
     */
    public Seed at(long index) {
        return new Seed(mix(value + 0x9E3779B97F4A7C15L * (index + 1)));
    }

    /** {@return a new generator with this seed} */
    public SplittableRandom random() {
        return new SplittableRandom(value);
    }

    /**
     * {@return a random order of 0 … {@code n} − 1 (Fisher–Yates)}
     *
     * @param n at least 0
     */
    public int[] permutation(int n) {
        SplittableRandom random = random();
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
