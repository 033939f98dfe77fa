package org.lesionforge.feed;

import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import org.bytedeco.pytorch.Device;
import org.lesionforge.io.FreeMemory;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.torch.OutOfMemory;

/**
 * How many images at once a step of training has memory for. A card is asked by taking the step; on the CPU, where a system ends programs that ask for too
 * much, by the estimate.
 */
public final class StepMemory {
    /** Fewer cannot be normalised over a batch. */
    private static final int LEAST = 2;

    /** The estimate may be wrong by as much as it is. */
    private static final int MARGIN = 2;

    private final boolean tried;
    private final String place;
    private final IntConsumer step;
    private final IntToLongFunction bytes;
    private final LongSupplier free;

    StepMemory(boolean tried, String place, IntConsumer step, IntToLongFunction bytes, LongSupplier free) {
        this.tried = tried;
        this.place = place;
        this.step = step;
        this.bytes = bytes;
        this.free = free;
    }

    /**
     * {@return how many images at once a classifier learns unless told otherwise: as many as have the pixels of 16 at 299, from 2 to 128}
     *
     * @param side of the images in pixels
     */
    public static int usual(int side) {
        return (int) Math.max(LEAST, Math.min(128, 16L * 299 * 299 / Math.max(1, (long) side * side)));
    }

    /**
     * Asks for nothing yet.
     *
     * @param device where the training is to be
     * @param step of a training on noise, of so many images; leaves nothing behind
     * @param bytes that such a step is estimated to take
     * @return the memory of that device
     */
    public static StepMemory of(Device device, IntConsumer step, IntToLongFunction bytes) {
        String place = device.is_cuda() ? device.str().getString() : "this machine";
        return new StepMemory(device.is_cuda(), place, step, bytes, FreeMemory::bytes);
    }

    /**
     * {@return the memory that is left for one of several trainings of this kind beside each other}
     *
     * @param trainings beside each other, at least 1
     */
    public StepMemory shared(int trainings) {
        return new StepMemory(
                tried,
                place,
                images -> step.accept(Math.multiplyExact(images, trainings)),
                images -> trainings * bytes.applyAsLong(images),
                free);
    }

    /**
     * {@return the largest number of images that fit, by doubling from 2; empty where 2 do not}
     *
     * @param most images that are wanted, at least 2; a larger number is not tried
     */
    public OptionalInt largest(int most) {
        int found = 0;
        for (int images = LEAST; images > found && holds(images); images = Math.min(2 * images, most)) {
            found = images;
        }
        return found == 0 ? OptionalInt.empty() : OptionalInt.of(found);
    }

    /**
     * As {@link #largest}, where there must be some.
     *
     * @param most images that are wanted, at least 2
     * @return the largest number found
     * @throws MissingRequirementException when there is no memory for two images
     */
    public int require(int most) {
        return largest(most)
                .orElseThrow(() -> new MissingRequirementException("there is no memory in " + place
                        + " for a training step of " + LEAST
                        + " images; free memory that other programs use, or train a"
                        + " smaller network or on smaller images"));
    }

    private boolean holds(int images) {
        if (!tried) {
            return MARGIN * bytes.applyAsLong(images) <= free.getAsLong();
        }
        try {
            step.accept(images);
            return true;
        } catch (RuntimeException e) {
            if (OutOfMemory.is(e)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * {@return what ended a training, for a user: where it was memory, with the largest batch that fits; else as it is}
     *
     * @param failure of a step
     * @param images that the step held at once
     * @param option of the command line that says how many
     */
    public RuntimeException explained(RuntimeException failure, int images, String option) {
        if (!OutOfMemory.is(failure)) {
            return failure;
        }
        OptionalInt fits = images <= LEAST ? OptionalInt.empty() : largest((images + 1) / 2);
        return OutOfMemory.explained(
                failure,
                "the memory of " + place + " does not hold a training step of " + images + " images at once; "
                        + (fits.isPresent()
                                ? "the largest batch found that fits has " + fits.getAsInt() + ": begin again with "
                                        + option + " " + fits.getAsInt()
                                        + ", or resume when memory that other programs use is free"
                                : "not even 2 fit: free memory that other programs use, or train a smaller network or on"
                                        + " smaller images"));
    }
}
