package org.lesionforge.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lesionforge.metric.statistics.GroupBootstrap;
import org.lesionforge.metric.statistics.Interval;

/**
 * Measures on the test images of one subgroup of patients or lesions. With many subgroups, extreme values occur by
 * chance: read the intervals, and treat a difference between subgroups as a hypothesis, not as a result.
 *
 * @param attribute {@code sex}, {@code age}, …
 * @param value {@code female}, {@code 50 to 69}, …
 * @param n number of images
 * @param positives how many of them are of the positive class
 * @param measures accuracy, sensitivity, specificity and ROC AUC; the mean over seeds where there are several; below ten images without
 *     interval
 */
public record Subgroup(String attribute, String value, int n, int positives, Map<Measure, Estimate> measures) {
    private static final List<Measure> MEASURES =
            List.of(Measure.ACCURACY, Measure.SENSITIVITY, Measure.SPECIFICITY, Measure.ROC_AUC);

    /** With fewer images the draws are so similar that the interval would be too narrow. */
    private static final int FEWEST = 10;

    /**
     * One subgroup for each value of an attribute, by value. Images whose value is empty are in none.
     *
     * @param attribute what its values are of: {@code sex}, say
     * @param seeds outcomes of each seed's classifier on the same images; at least one
     * @param groups of these images
     * @param values of the attribute, one per image
     * @param seed of the bootstrap
     * @return subgroups in the order of their values
     * @throws IllegalArgumentException when the numbers of images disagree
     */
    public static List<Subgroup> of(
            String attribute, List<Outcomes> seeds, List<String> groups, List<String> values, long seed) {
        if (values.size() != groups.size()) {
            throw new IllegalArgumentException(
                    "expected values of '" + attribute + "' for " + groups.size() + " images, got " + values.size());
        }
        Map<String, List<Integer>> members = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isEmpty()) {
                members.computeIfAbsent(values.get(i), unused -> new ArrayList<>())
                        .add(i);
            }
        }
        List<Subgroup> subgroups = new ArrayList<>();
        members.forEach((value, images) -> subgroups.add(of(attribute, value, images, seeds, groups, seed)));
        return subgroups;
    }

    private static Subgroup of(
            String attribute,
            String value,
            List<Integer> images,
            List<Outcomes> seeds,
            List<String> groups,
            long seed) {
        int[] chosen = images.stream().mapToInt(Integer::intValue).toArray();
        List<Outcomes> some =
                seeds.stream().map(outcomes -> outcomes.select(chosen)).toList();
        GroupBootstrap bootstrap =
                new GroupBootstrap(images.stream().map(groups::get).toList(), seed);
        Map<Measure, Estimate> measures = new TreeMap<>();
        for (Measure measure : MEASURES) {
            Estimate estimate = Estimate.of(measure, some, bootstrap);
            Interval none = new Interval(Double.NaN, Double.NaN);
            measures.put(measure, chosen.length < FEWEST ? new Estimate(estimate.value(), none) : estimate);
        }
        return new Subgroup(attribute, value, chosen.length, some.get(0).positives(), measures);
    }
}
