package org.lesionforge.metric.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Percentile intervals by drawing whole groups with replacement (Efron 1979; Field and Welsh 2007 for groups): images of one lesion or
 * patient are not independent evidence, so they are drawn together.
 *
 * <p>Every statistic uses the same draws, so a difference of two classifiers on the same images is paired when it is
 * computed as one statistic. The draws are repeated from the seed each time; only the groups are stored.
 */
public final class GroupBootstrap {
    /** Default number of draws. */
    public static final int RESAMPLES = 2_000;

    /** Where the statistic is undefined on a larger share of draws, its interval is undefined, too. */
    private static final double UNDEFINED = 0.1;

    private final int[][] groups;
    private final int images;
    private final int resamples;
    private final long seed;

    /**
     * With {@value #RESAMPLES} draws.
     *
     * @param groups name of each image's group; the image's own where no group is known
     * @param seed of the draws; the same one makes the same draws
     */
    public GroupBootstrap(List<String> groups, long seed) {
        this(groups, RESAMPLES, seed);
    }

    /**
     * Each draw takes as many groups as there are, with replacement.
     *
     * @param groups name of each image's group; the image's own where no group is known
     * @param resamples number of draws
     * @param seed of the draws; the same one makes the same draws
     * @throws IllegalArgumentException without images or without draws
     */
    public GroupBootstrap(List<String> groups, int resamples, long seed) {
        if (groups.isEmpty() || resamples < 1) {
            throw new IllegalArgumentException(
                    "expected at least one image and one draw, got " + groups.size() + " and " + resamples);
        }
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            members.computeIfAbsent(groups.get(i), unused -> new ArrayList<>()).add(i);
        }
        this.groups = members.values().stream()
                .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        images = groups.size();
        this.resamples = resamples;
        this.seed = seed;
    }

    /** {@return the number of images} */
    public int images() {
        return images;
    }

    /**
     * The 95 % interval of a statistic. Draws on which it is {@code NaN} (for instance, no image of a class was drawn)
     * are left out; when they are more than a tenth, both bounds are {@code NaN}.
     *
     * @param statistic of how often each image was drawn, in the order of the groups given; called once per draw
     * @return the middle 95 of 100 of the statistic's values
     */
    public Interval interval(ToDoubleFunction<int[]> statistic) {
        double[] defined = Arrays.stream(replicates(statistic))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return defined.length < (1 - UNDEFINED) * resamples
                ? new Interval(Double.NaN, Double.NaN)
                : Interval.percentile(defined);
    }

    /** The statistic on every draw, in the order of drawing; equal for equal seeds. */
    private double[] replicates(ToDoubleFunction<int[]> statistic) {
        DoubleStream.Builder replicates = DoubleStream.builder();
        draw(times -> replicates.add(statistic.applyAsDouble(times)));
        return replicates.build().toArray();
    }

    /** @param each receives how often each image was drawn, once per draw; the array is reused */
    public void draw(Consumer<int[]> each) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] times = new int[images];
        for (int r = 0; r < resamples; r++) {
            Arrays.fill(times, 0);
            for (int g = 0; g < groups.length; g++) {
                for (int image : groups[random.nextInt(groups.length)]) {
                    times[image]++;
                }
            }
            each.accept(times);
        }
    }
}
