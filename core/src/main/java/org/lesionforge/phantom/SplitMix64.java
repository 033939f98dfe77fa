package org.lesionforge.phantom;

/** SplitMix64 (Steele, Lea, Flood 2014). Implemented here because the JDK's Gaussians may change between versions. */
final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;

    private long state;

    SplitMix64(long seed) {
        this.state = seed;
    }

    /**
     * A generator that depends only on the seed and the purpose, so that the draws of one purpose do not change
     * another's.
     */
    static SplitMix64 of(long seed, String purpose) {
        return new SplitMix64(seed(seed, purpose, 0));
    }

    /** A seed for item {@code index} of a purpose. */
    static long seed(long seed, String purpose, long index) {
        return mix(mix(seed + GOLDEN_GAMMA * purpose.hashCode()) + GOLDEN_GAMMA * (index + 1));
    }

    long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** In [0, 1). */
    double uniform() {
        return (next() >>> 11) * UNIT;
    }

    double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** From {@code low} to {@code high}, both included. */
    int whole(int low, int high) {
        return low + (int) (uniform() * (high - low + 1));
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    /** Mean 0, standard deviation 1 (Box and Muller). */
    double gaussian() {
        return StrictMath.sqrt(-2 * StrictMath.log(1 - uniform())) * StrictMath.cos(2 * StrictMath.PI * uniform());
    }

    /** Mean 0, standard deviation 1, within ±3: the sum of three uniforms, for the many small disturbances of a sensor. */
    double disturbance() {
        long bits = next();
        long sum = (bits >>> 43) + (bits >>> 22 & 0x1FFFFF) + (bits >>> 1 & 0x1FFFFF);
        return sum * (2.0 / 0x200000) - 3;
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
