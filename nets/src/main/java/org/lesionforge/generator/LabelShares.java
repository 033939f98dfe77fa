package org.lesionforge.generator;

import java.util.List;
import java.util.SplittableRandom;
import org.lesionforge.io.Seed;
import org.lesionforge.training.Range;

/**
 * How many images have each label.
 *
 * @param images by label, each at least 0; one number where the family is not conditional
 */
public record LabelShares(List<Integer> images) {
    /**
     * Takes a copy.
     *
     * @param images with at least one image
     * @throws IllegalArgumentException when there is no image
     */
    public LabelShares {
        images = List.copyOf(images);
        Range.require(
                images.stream().mapToInt(Integer::intValue).sum() > 0,
                "the generator's images by label",
                "at least 1",
                images);
    }

    /**
     * {@return labels drawn in these shares, each by itself}
     *
     * @param seed of all of them; one label alone needs none
     * @param count how many
     */
    public long[] draw(Seed seed, int count) {
        SplittableRandom random = seed.of("labels").random();
        int all = images.stream().mapToInt(Integer::intValue).sum();
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(all);
            while (at >= images.get((int) labels[i])) {
                at -= images.get((int) labels[i]);
                labels[i]++;
            }
        }
        return labels;
    }
}
