package org.lesionforge.generator.zoo.ddpm;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How an image becomes noise in {@value #STEPS} steps: step t leaves √(1 − β) of what there is and adds noise of variance β. What is left of the
 * image after steps 0 … t is √ᾱ of it, with ᾱ the product of all 1 − β so far, so that x_t = √ᾱ x + √(1 − ᾱ) ε with ε from N(0, 1).
 */
public enum NoiseSchedule {
    /** ᾱ falls as cos² (Nichol and Dhariwal 2021, arXiv 2102.09672, equation 17), β at most 0.999: small images keep more of themselves for longer. */
    COSINE {
        @Override
        double beta(int t) {
            return Math.min(1 - cosine(t + 1) / cosine(t), 0.999);
        }
    },
    /** β rises evenly from 0.0001 to 0.02 (Ho et al. 2020, arXiv 2006.11239, section 4). */
    LINEAR {
        @Override
        double beta(int t) {
            return 1e-4 + (0.02 - 1e-4) * t / (STEPS - 1);
        }
    };

    /** From the image to noise. */
    public static final int STEPS = 1000;

    private static final double OFFSET = 0.008;

    /** The variance β of the noise that step t adds, 0 ≤ t < {@value #STEPS}. */
    abstract double beta(int t);

    private static double cosine(int t) {
        return Math.pow(Math.cos(((double) t / STEPS + OFFSET) / (1 + OFFSET) * Math.PI / 2), 2);
    }

    /**
     * ᾱ, the share of the variance that is the image's after step t.
     *
     * @param t 0 to {@value #STEPS} − 1; −1 stands for the image itself, of which all is left
     */
    double kept(int t) {
        double product = 1;
        for (int step = 0; step <= t; step++) {
            product *= 1 - beta(step);
        }
        return product;
    }

    /** {@return the name in options and files: {@code cosine}, {@code linear}} */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
