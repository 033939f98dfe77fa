package org.lesionforge.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;

/**
 * What somebody has to know who trains on an arm's images and has not read the experiment.
 *
 * @param arm whose images they are
 * @param origins images of the training part, by how they came about
 * @param seen side of the images that the classifier saw, in pixels
 * @param written side of the images that are written
 */
record ArmNotes(Arm arm, Map<String, Integer> origins, int seen, int written) {
    private static final String SHUFFLED =
            "The classes of the synthetic images in train were permuted among them, as the"
                    + " classifier was trained: a control. The folder of such an image does not say what it shows, nor does the"
                    + " class in images.csv; what it was drawn as stands in its id.";

    /** A line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Images of the arm " + arm.word() + " of an experiment, as a classifier was trained (train), validated"
                        + " (val) and tested (test) on them. images.csv has the id and the origin of each.");
        int synthetic = origins.getOrDefault(TrialImage.Origin.SYNTHETIC.word(), 0);
        lines.add("train has " + origins.getOrDefault(TrialImage.Origin.REAL.word(), 0) + " real images, "
                + origins.getOrDefault(TrialImage.Origin.COPY.word(), 0) + " copies and " + synthetic
                + " synthetic images; val and test have real images alone.");
        if (arm.shuffled()) {
            lines.add(SHUFFLED);
        }
        if (arm.source().kind() == ArmSource.Kind.PROCESSED) {
            lines.add("The copies are training images made as small as a generator's images are: a control.");
        }
        if (arm.source().kind() == ArmSource.Kind.REAL) {
            lines.add("Among the real images in train are those that all other arms and the generators do without.");
        }
        if (arm.degraded()) {
            lines.add("All images, those of val and test too, went through the size of the generator's images.");
        }
        if (seen != written) {
            lines.add("The classifier saw images of " + seen + "×" + seen + " pixels; these have " + written + "×"
                    + written + ".");
        }
        return lines;
    }
}
