package org.lesionforge.classifier.recipe;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lesionforge.io.Seed;
import org.lesionforge.training.Rounds;

/**
 * As {@link Rounds}, but every class has the same number of images in an epoch, give or take one: each class goes through its own in rounds, a small one
 * through several in one epoch.
 *
 * @param seed from which the orders follow
 * @param images of each class
 * @param epochImages in an epoch, of all classes
 */
public record ClassRounds(Seed seed, List<int[]> images, int epochImages) {
    /**
     * By the images' labels.
     *
     * @param seed from which the orders follow
     * @param labels class of each image
     * @param classes how many there are, none without an image
     * @param epochImages in an epoch, of all classes
     * @return the rounds
     */
    public static ClassRounds of(Seed seed, int[] labels, int classes, int epochImages) {
        List<int[]> images = IntStream.range(0, classes)
                .mapToObj(c -> IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == c)
                        .toArray())
                .toList();
        return new ClassRounds(seed, images, epochImages);
    }

    /**
     * {@return the images of an epoch, in their order}
     *
     * @param epoch from 1
     */
    public int[] epoch(int epoch) {
        int[] all = IntStream.range(0, images.size())
                .flatMap(c -> ofClass(c, epoch))
                .toArray();
        return Arrays.stream(seed.of("classes").at(epoch).permutation(all.length))
                .map(i -> all[i])
                .toArray();
    }

    private IntStream ofClass(int c, int epoch) {
        int[] own = images.get(c);
        // What is left over goes to the first classes.
        int share = (epochImages + images.size() - 1 - c) / images.size();
        return Arrays.stream(new Rounds(seed.of("class").at(c), own.length, share).epoch(epoch))
                .map(i -> own[i]);
    }
}
