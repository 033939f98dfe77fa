package org.lesionforge.classifier.recipe;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.lesionforge.io.Seed;
import org.lesionforge.training.Rounds;

/**
 * In which order a training takes its images: shuffled rounds through all, or through those of one kind and then the others.
 *
 * @param seed from which the orders follow
 * @param labels class of each image
 * @param epochImages in an epoch
 * @param balanced whether an epoch has as many images of each class, as {@link ClassRounds} has them
 */
public record TrainingOrder(Seed seed, int[] labels, int epochImages, boolean balanced) {
    /** {@return the images of each epoch, by its number from 1: all in each round} */
    public IntFunction<int[]> mixed() {
        return rounds(seed, IntStream.range(0, labels.length).toArray());
    }

    /**
     * {@return the images of each epoch, by its number from 1: of one kind first, then of the other}
     *
     * @param isFirst for each image, whether it is of the kind that comes first; some are, and some are not
     * @param epochs of those that come first
     */
    public IntFunction<int[]> inTurn(boolean[] isFirst, int epochs) {
        IntFunction<int[]> first = rounds(seed.of("first"), images(isFirst, true));
        IntFunction<int[]> others = rounds(seed, images(isFirst, false));
        return epoch -> epoch <= epochs ? first.apply(epoch) : others.apply(epoch - epochs);
    }

    private static int[] images(boolean[] isFirst, boolean wanted) {
        return IntStream.range(0, isFirst.length)
                .filter(i -> isFirst[i] == wanted)
                .toArray();
    }

    private IntFunction<int[]> rounds(Seed from, int[] images) {
        IntFunction<int[]> rounds = balanced
                ? classRounds(from, IntStream.of(images).map(i -> labels[i]).toArray())::epoch
                : new Rounds(from, images.length, epochImages)::epoch;
        return epoch -> Arrays.stream(rounds.apply(epoch)).map(i -> images[i]).toArray();
    }

    /** Only classes that there are: images of one kind may all be of one class. */
    private ClassRounds classRounds(Seed from, int[] ofImages) {
        int[] present = IntStream.of(ofImages).distinct().sorted().toArray();
        int[] places = IntStream.of(ofImages)
                .map(label -> Arrays.binarySearch(present, label))
                .toArray();
        return ClassRounds.of(from, places, present.length, epochImages);
    }
}
