package org.lesionforge.run;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.run.arm.FilteredClass;

/**
 * How a set of images of one class was chosen: {@code filter.json} beside the images of arms that are {@code filtered}.
 *
 * @param formatVersion {@value #FORMAT_VERSION}
 * @param judge the classifier that chose
 * @param through side of the generator's images in pixels, through which the real images went before they were compared with them
 * @param confidenceQuantile share of the validation images whose confidence is below the threshold
 * @param distanceQuantile share of the validation images whose distance is below the threshold
 * @param trainingImages how many the centroid is the mean of
 * @param validationIds of all images that the thresholds are taken from
 * @param images thresholds, and how many were drawn and kept
 */
public record FilterRecord(
        int formatVersion,
        Judge judge,
        int through,
        double confidenceQuantile,
        double distanceQuantile,
        int trainingImages,
        List<String> validationIds,
        FilteredClass images) {
    /** The only version of the file so far. */
    public static final int FORMAT_VERSION = 1;

    /** What the file is called. */
    public static final String FILE = "filter.json";

    /**
     * A trained classifier of the run.
     *
     * @param folder of the arm {@code none}, relative to the run's
     * @param architecture name of its network
     * @param modelSha256 of its weights; null where version 0.1 wrote them
     */
    public record Judge(String folder, String architecture, @OptionalKey @Nullable String modelSha256) {}

    /**
     * {@return what a file holds}
     *
     * @param set folder of the images
     * @throws UnusableInputException when the file is missing, or is not whole by docs/contracts.md, naming the key
     */
    public static FilterRecord read(Path set) {
        return Json.read(set.resolve(FILE), FilterRecord.class, FORMAT_VERSION);
    }
}
