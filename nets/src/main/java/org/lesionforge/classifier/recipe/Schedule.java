package org.lesionforge.classifier.recipe;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.lesionforge.training.RateSchedule;

/** How the learning rate falls after its warm-up. */
public enum Schedule implements RateSchedule {
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

    /** @param progress share of the steps that is done, in [0, 1) */
    abstract double share(double progress);

    @Override
    public double share(long step, long steps) {
        return share((double) step / steps);
    }

    /** {@return the name in options and files: {@code constant}, {@code step}, {@code cosine}} */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
