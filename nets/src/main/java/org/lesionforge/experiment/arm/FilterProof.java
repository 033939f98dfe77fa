package org.lesionforge.experiment.arm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.DatasetImage;
import org.lesionforge.data.Part;
import org.lesionforge.run.FilterRecord;
import org.lesionforge.run.Results.Check;
import org.lesionforge.run.RunLayout.ArmLayout;
import org.lesionforge.run.arm.DrawnSet;

/** Checks on the files of a filtered set that no image which tests has had a say in what was chosen. */
public final class FilterProof {
    private FilterProof() {}

    /**
     * {@return what was checked: the images that the thresholds are taken from, and those that the classifier was trained on; nothing of a set
     * that is not filtered}
     *
     * @param set of the images
     * @param seed of the trials that train on them
     * @param folder of the images
     * @param split that the trials are of
     * @param run folder of the experiment
     * @throws org.lesionforge.io.UnusableInputException when the set has no {@code filter.json}, or its classifier is missing
     * @throws IOException when a file cannot be read
     */
    public static List<Check> of(DrawnSet set, long seed, Path folder, Dataset split, Path run) throws IOException {
        if (!set.filtered()) {
            return List.of();
        }
        FilterRecord filter = FilterRecord.read(folder);
        Path judge = run.resolve(filter.judge().folder());
        String rule = "seed " + seed + ", images of class " + filter.images().className() + ": the filter's ";
        return List.of(
                thresholds(rule, filter, split),
                classifier(rule, Files.readAllLines(new ArmLayout(judge).trainingIds()), split),
                sameClassifier(rule, filter, judge));
    }

    private static Check thresholds(String rule, FilterRecord filter, Dataset split) {
        Set<String> allowed = ids(split, Part.VALIDATION);
        Set<String> test = ids(split, Part.TEST);
        List<String> used = filter.validationIds();
        long others = used.stream().filter(id -> !allowed.contains(id)).count();
        long tested = used.stream().filter(test::contains).count();
        return new Check(
                rule + "thresholds are taken from validation images alone",
                others == 0 && !used.isEmpty() && new HashSet<>(used).size() == used.size(),
                used.size() + " images, " + others + " of them not in the validation part, " + tested
                        + " in the test part");
    }

    private static Check classifier(String rule, List<String> trained, Dataset split) {
        Set<String> allowed = ids(split, Part.TRAIN);
        long others = trained.stream().filter(id -> !allowed.contains(id)).count();
        return new Check(
                rule + "classifier was trained on training images alone",
                others == 0 && !trained.isEmpty(),
                trained.size() + " training ids, " + others + " of them not in the training part");
    }

    private static Check sameClassifier(String rule, FilterRecord filter, Path judge) {
        String there = Classifier.card(judge).modelSha256();
        return new Check(
                rule + "classifier is that of " + filter.judge().folder(),
                Objects.equals(there, filter.judge().modelSha256()),
                "weights " + shown(filter.judge().modelSha256()) + " and " + shown(there));
    }

    private static String shown(@Nullable String sha256) {
        return sha256 == null ? "without a checksum" : sha256.substring(0, 12);
    }

    private static Set<String> ids(Dataset split, Part part) {
        return split.images().stream()
                .filter(image -> image.part() == part)
                .map(DatasetImage::id)
                .collect(Collectors.toSet());
    }
}
