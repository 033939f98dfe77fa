package org.lesionforge.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The correct predictions of two arms on the same images: for accuracy on all images, for sensitivity on images of the
 * positive class, for specificity on the others, where any other class is correct.
 *
 * @param share {@link Measure#ACCURACY}, {@link Measure#SENSITIVITY} or {@link Measure#SPECIFICITY}
 * @param ofA by seed
 * @param ofB by seed, of the same images
 */
public record PairedAnswers(Measure share, List<Outcomes> ofA, List<Outcomes> ofB) {
    /**
     * {@return whether a measure is a share of correct predictions}
     *
     * @param measure any
     */
    public static boolean isShare(Measure measure) {
        return measure == Measure.ACCURACY || measure == Measure.SENSITIVITY || measure == Measure.SPECIFICITY;
    }

    /** {@return the number of images that the share is of} */
    public int images() {
        int images = 0;
        for (boolean counted : counted(ofA.get(0))) {
            images += counted ? 1 : 0;
        }
        return images;
    }

    /** {@return the numbers of images that only a and only b predicted correctly, for the first seed} */
    public int[] discordant() {
        int[] discordant = new int[2];
        for (int gain : gains(0)) {
            discordant[0] += gain < 0 ? 1 : 0;
            discordant[1] += gain > 0 ? 1 : 0;
        }
        return discordant;
    }

    /**
     * Correct predictions of b minus those of a in each group, over all seeds; groups with no difference do not affect
     * the test and are left out.
     *
     * @param groups of the images
     * @return one 0 when no group differs
     */
    public double[] gainsOfGroups(List<String> groups) {
        Map<String, Double> gains = new LinkedHashMap<>();
        for (int s = 0; s < ofA.size(); s++) {
            int[] ofSeed = gains(s);
            for (int i = 0; i < ofSeed.length; i++) {
                gains.merge(groups.get(i), (double) ofSeed[i], Double::sum);
            }
        }
        double[] differing = gains.values().stream()
                .mapToDouble(Double::doubleValue)
                .filter(gain -> gain != 0)
                .toArray();
        return differing.length == 0 ? new double[] {0} : differing;
    }

    /**
     * By image: 1 where only b is correct, −1 where only a is, 0 elsewhere and for images that the share does not
     * count.
     */
    private int[] gains(int seed) {
        boolean[] counted = counted(ofA.get(seed));
        boolean[] rightA = right(ofA.get(seed));
        boolean[] rightB = right(ofB.get(seed));
        int[] gains = new int[counted.length];
        for (int i = 0; i < gains.length; i++) {
            gains[i] = counted[i] ? (rightB[i] ? 1 : 0) - (rightA[i] ? 1 : 0) : 0;
        }
        return gains;
    }

    private boolean[] counted(Outcomes outcomes) {
        boolean[] counted = outcomes.isPositive();
        for (int i = 0; i < counted.length; i++) {
            counted[i] = share == Measure.ACCURACY || counted[i] == (share == Measure.SENSITIVITY);
        }
        return counted;
    }

    private boolean[] right(Outcomes outcomes) {
        boolean[] right = outcomes.calledPositive();
        boolean[] isPositive = outcomes.isPositive();
        int[] truth = outcomes.truth();
        int[] predicted = outcomes.predicted();
        for (int i = 0; i < right.length; i++) {
            right[i] = share == Measure.ACCURACY ? predicted[i] == truth[i] : right[i] == isPositive[i];
        }
        return right;
    }
}
