package org.lesionforge.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.arm.FilteredClass;

/** How many of the images that were drawn for an arm a classifier has chosen, in sentences. */
final class FilterText {
    private FilterText() {}

    /** Of all seeds and folds of an arm. */
    private record Sum(int drawn, int kept, int nearCopies, int belowConfidence, int beyondDistance) {
        static Sum of(FilteredClass set) {
            return new Sum(set.drawn(), set.kept(), set.nearCopies(), set.belowConfidence(), set.beyondDistance());
        }

        Sum plus(Sum other) {
            return new Sum(
                    drawn + other.drawn,
                    kept + other.kept,
                    nearCopies + other.nearCopies,
                    belowConfidence + other.belowConfidence,
                    beyondDistance + other.beyondDistance);
        }
    }

    /**
     * A sentence for each arm and class; none where no arm is filtered.
     *
     * @param results of one classifier; every other was trained on the same images
     */
    static List<String> of(Results results) {
        Map<String, Map<String, Sum>> arms = new LinkedHashMap<>();
        for (ArmResult arm : results.arms()) {
            for (FilteredClass set : arm.images().map(Results.Images::filtered).orElse(List.of())) {
                arms.computeIfAbsent(arm.name(), unused -> new LinkedHashMap<>())
                        .merge(set.className(), Sum.of(set), Sum::plus);
            }
        }
        List<String> sentences = new ArrayList<>();
        arms.forEach((arm, classes) -> classes.forEach((name, sum) -> sentences.add(sentence(arm, name, sum))));
        return sentences;
    }

    private static String sentence(String arm, String className, Sum sum) {
        return "Of " + sum.drawn + " images of class " + className + " drawn for " + arm + " the classifier of arm none"
                + " kept " + sum.kept + "; " + sum.nearCopies + " were near-copies of training images, to "
                + sum.belowConfidence
                + " it gave their class a smaller probability than to nine in ten validation images, and "
                + sum.beyondDistance + " were farther from the class's centroid than nine in ten of these.";
    }
}
