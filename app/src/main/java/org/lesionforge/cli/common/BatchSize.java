package org.lesionforge.cli.common;

import java.util.OptionalInt;
import org.lesionforge.feed.StepMemory;
import org.lesionforge.io.Progress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Images per step, as the command line says it.
 *
 * @param images their number; empty for {@code auto}, the largest power of two that memory holds
 */
public record BatchSize(OptionalInt images) {
    private static final String AUTO = "auto";

    /** From a word of the command line. */
    public static final class Converter implements ITypeConverter<BatchSize> {
        /** For picocli, which makes one by reflection. */
        public Converter() {}

        @Override
        public BatchSize convert(String text) {
            String word = text.strip();
            if (word.equals(AUTO)) {
                return new BatchSize(OptionalInt.empty());
            }
            try {
                return new BatchSize(OptionalInt.of(Integer.parseInt(word)));
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is "
                        + (word.matches("[-+]?\\d+") ? "too large" : "not a whole number, nor " + AUTO));
            }
        }
    }

    /** {@return whether it is to be found out} */
    public boolean isAuto() {
        return images.isEmpty();
    }

    /**
     * Finds the largest batch, once, and says so.
     *
     * @param option that is {@code auto}, for the message
     * @param memory of where the training is to be
     * @param most images that there are to train on
     * @param progress receives what was found
     * @return a power of two, at most as large as {@code most}, or 2
     * @throws org.lesionforge.io.MissingRequirementException when there is no memory for two images
     */
    public static int found(String option, StepMemory memory, int most, Progress progress) {
        int largest = Integer.highestOneBit(Math.max(2, most));
        int found = memory.require(largest);
        progress.message(option + " " + AUTO + ": " + found + " images a step, "
                + (found == largest
                        ? "the largest power of two that there are images for"
                        : "the largest power of two that memory holds"));
        return found;
    }
}
