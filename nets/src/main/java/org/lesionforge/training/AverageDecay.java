package org.lesionforge.training;

/** How quickly a running average of weights forgets. */
public interface AverageDecay {
    /**
     * {@return the share of the average that an update keeps, in [0, 1]}
     *
     * @param since what was trained on since the last update, above 0: images or steps, as the decay counts
     * @param seen what was trained on since the start, in the same unit, {@code since} included
     */
    double kept(int since, long seen);

    /**
     * Counts in images, as Karras et al. (2020, arXiv 1912.04958) do: ½ is kept after a half-life, which grows from nothing, so that the
     * average forgets the first noise quickly.
     *
     * @param halfLife in images, above 0
     * @param rampUp the half-life is at most this share of the images seen; 0 for no limit
     */
    record HalfLife(double halfLife, double rampUp) implements AverageDecay {
        @Override
        public double kept(int since, long seen) {
            double current = rampUp > 0 ? Math.min(halfLife, rampUp * seen) : halfLife;
            return Math.pow(0.5, since / current);
        }
    }

    /**
     * Counts in steps, as TensorFlow's {@code ExponentialMovingAverage} does: step t, from 1, keeps min(share, (1 + t) / (10 + t)), so that the
     * average forgets the first weights quickly.
     *
     * @param share that is kept in each step in the long run, in (0, 1)
     */
    record PerStep(double share) implements AverageDecay {
        @Override
        public double kept(int since, long seen) {
            return Math.min(share, (1.0 + seen) / (10.0 + seen));
        }
    }
}
