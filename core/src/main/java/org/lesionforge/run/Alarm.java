package org.lesionforge.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A problem in training; a line of {@code alarms.jsonl}.
 *
 * @param kind what goes wrong
 * @param since the iteration from which on it has been so
 * @param iteration when it was noticed
 * @param seen what was observed, with numbers
 * @param advice what to try
 */
public record Alarm(Kind kind, long since, long iteration, String seen, String advice) {
    /** What goes wrong. */
    public enum Kind {
        /** The discriminator tells real from generated images every time, and the generator learns nothing more from it. */
        DISCRIMINATOR_WINS,
        /** The generated images become alike. */
        MODE_COLLAPSE,
        /** Losses or gradients are not finite, or grow without bound. */
        GRADIENTS,
        /** What a critic measures between real and generated images is no distance, or grows because it learns the training images by heart. */
        CRITIC_UNRELIABLE,
        /** Generated images lie nearer to training images than other real images do. */
        MEMORISATION,
        /** The losses are those of a net that has learned nothing. */
        LEARNS_NOTHING;

        /** {@return the lower-case word used in files} */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@return a line for the log} */
    @Override
    public String toString() {
        return "ALARM " + kind.word() + " at iteration " + iteration + ", since " + since + ": " + seen + ". Try: "
                + advice;
    }
}
