package org.lesionforge.classifier.recipe;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the learning rate falls after its warm-up. */
public enum Schedule {
    /** It does not. */
    CONSTANT {
        @Override
        double share(double progress) {
            return 1;
        }
    },
    /** A tenth after half of the steps, a hundredth after three quarters (He et al. 2015, arXiv 1512.03385, §4.2). */
    STEP {
        @Override
        double share(double progress) {
            if (progress < 0.5) {
                return 1;
            }
            return progress < 0.75 ? 0.1 : 0.01;
        }
    },
    /** Half a cosine, from 1 to 0 (Loshchilov and Hutter 2016, arXiv 1608.03983, without restarts). */
    COSINE {
        @Override
        double share(double progress) {
            return (1 + Math.cos(Math.PI * progress)) / 2;
        }
    };

    /** @param progress share of the steps after the warm-up that is done, in [0, 1) */
    abstract double share(double progress);

    /**
     * How much of the learning rate a step takes: a warm-up of W steps takes 1/W, 2/W, … 1; the schedule begins with the step after it.
     *
     * @param step from 0
     * @param warmup steps of the warm-up, at least 0
     * @param steps of the whole training, at least 1
     * @return in [0, 1]
     */
    public double share(long step, long warmup, long steps) {
        if (step < warmup) {
            return (step + 1.0) / warmup;
        }
        return share((double) (step - warmup) / (steps - warmup));
    }

    /** {@return the name in options and files: {@code constant}, {@code step}, {@code cosine}} */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
