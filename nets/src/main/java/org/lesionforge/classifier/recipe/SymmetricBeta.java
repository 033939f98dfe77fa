package org.lesionforge.classifier.recipe;

import java.util.SplittableRandom;

/**
 * The distribution Beta(α, α) on [0, 1].
 *
 * @param alpha above 0
 */
record SymmetricBeta(double alpha) {
    /** By Devroye (1996, "Random variate generation in one line of code"): Bailey's t variate with 2α degrees of freedom, brought to [0, 1]. */
    double draw(SplittableRandom random) {
        double radius = Math.sqrt(Math.pow(1 - random.nextDouble(), -1 / alpha) - 1);
        double t = radius * Math.cos(2 * Math.PI * random.nextDouble());
        // t / √(1 + t²), also where t is infinite: a small α makes it so.
        return (1 + Math.sin(Math.atan(t))) / 2;
    }
}
