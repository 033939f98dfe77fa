package org.lesionforge.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lesionforge.audit.Copies;
import org.lesionforge.classifier.Predictions;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.DatasetImage;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.data.Part;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.experiment.Results.Check;
import org.lesionforge.gan.GanRun;
import org.lesionforge.io.Sha256;

/**
 * Checks the rules against leakage on what a run wrote to disk, not on what the program meant to do: the data set's table, the GAN's list of
 * training ids, each arm's list of training ids and table of predictions.
 */
final class LeakageProof {
    private static final String SYNTHETIC = "synthetic-";

    private final List<Check> checks = new ArrayList<>();
    private final Dataset dataset;

    LeakageProof(Dataset dataset) {
        this.dataset = dataset;
        noGroupInTwoParts();
        noPixelsInTwoParts();
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }

    private void noGroupInTwoParts() {
        Map<String, Set<Part>> partsOfGroup = new LinkedHashMap<>();
        dataset.images().forEach(image -> partsOfGroup
                .computeIfAbsent(image.group(), unused -> new TreeSet<>())
                .add(image.part()));
        List<String> spanning = partsOfGroup.entrySet().stream()
                .filter(group -> group.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
        add(
                "no group (patient, lesion) is in two parts",
                spanning.isEmpty(),
                partsOfGroup.size() + " groups, " + spanning.size() + " of them in two parts"
                        + (spanning.isEmpty() ? "" : ": " + spanning.subList(0, Math.min(5, spanning.size()))));
    }

    /** Identifiers miss copies; pixels do not, if nobody has changed them. The smallest stored size serves, and finds rescaled copies too. */
    private void noPixelsInTwoParts() {
        int side = dataset.sides().get(0);
        Map<String, Part> partOfPixels = new HashMap<>();
        List<String> shared = new ArrayList<>();
        byte[] pixels = new byte[3 * side * side];
        for (Part part : Part.values()) {
            LabelledImages images =
                    switch (part) {
                        case TRAIN -> dataset.training();
                        case VALIDATION -> dataset.validation();
                        case TEST -> dataset.test();
                    };
            for (int i = 0; i < images.size(); i++) {
                images.read(i, side, pixels, 0);
                Part first = partOfPixels.putIfAbsent(Sha256.of(pixels), part);
                if (first != null && first != part) {
                    shared.add(images.id(i));
                }
            }
        }
        add(
                "no two parts share an image's pixels",
                shared.isEmpty(),
                dataset.images().size() + " images at " + side + "×" + side + ", " + shared.size()
                        + " with the pixels of one in another part"
                        + (shared.isEmpty() ? "" : ": " + shared.subList(0, Math.min(5, shared.size()))));
    }

    /** Changed copies have neither the identifier nor the pixels of their original. */
    void copies(Copies copies) {
        add(
                "no two parts share a photograph, however resized, compressed, turned or cropped a little",
                copies.acrossParts() == 0,
                (copies.exact() + copies.near()) + " pairs of copies, " + copies.acrossParts()
                        + " of them in two parts"
                        + (copies.acrossParts() == 0 ? "" : "; see audit/audit.json"));
    }

    /** @param training what the GAN was given, all classes */
    void gan(GanRun gan, TrainingPart training) {
        TrainingPart allowed = training.ofClass(gan.config().className());
        Set<String> ids = ids(allowed);
        List<String> seen = gan.trainingIds();
        long outside = seen.stream().filter(id -> !ids.contains(id)).count();
        add(
                "the GAN saw training images of class " + gan.config().className() + " only",
                outside == 0 && !seen.isEmpty(),
                seen.size() + " training ids, " + outside + " of them not among the " + ids.size()
                        + " training images of the class");
        String split = dataset.manifest().split().sha256();
        add(
                "the GAN was trained on this very split",
                gan.config().splitSha256().equals(split),
                "split " + gan.config().splitSha256().substring(0, 12) + " and " + split.substring(0, 12));
    }

    /** @param trainingIds as the arm's folder lists them */
    void arm(Results.ArmResult arm, List<String> trainingIds, TrainingPart training, Predictions predictions) {
        Set<String> real = ids(training);
        long synthetic =
                trainingIds.stream().filter(id -> id.startsWith(SYNTHETIC)).count();
        long foreign = trainingIds.stream()
                .filter(id -> !id.startsWith(SYNTHETIC) && !real.contains(id))
                .count();
        Set<String> distinct = new HashSet<>(trainingIds);
        long missing = real.stream().filter(id -> !distinct.contains(id)).count();
        int counted = arm.train().values().stream().mapToInt(Integer::intValue).sum();
        add(
                "arm " + arm.name().word() + ": trained on training images and " + arm.synthetic() + " synthetic ones",
                foreign == 0
                        && missing == 0
                        && synthetic == arm.synthetic()
                        && trainingIds.size() == counted
                        && counted == real.size() + arm.synthetic(),
                trainingIds.size() + " ids = " + real.size() + " real + " + synthetic + " synthetic, " + foreign
                        + " from outside the training part, " + missing + " of it missing; counts by class add up to "
                        + counted);
        Set<String> test = dataset.images().stream()
                .filter(image -> image.part() == Part.TEST)
                .map(DatasetImage::id)
                .collect(Collectors.toSet());
        Set<String> tested = new HashSet<>(predictions.ids());
        long fakes = tested.stream().filter(id -> id.startsWith(SYNTHETIC)).count();
        add(
                "arm " + arm.name().word() + ": tested on exactly the real test images",
                tested.equals(test) && fakes == 0 && predictions.size() == test.size(),
                predictions.size() + " predictions for " + test.size() + " test images, " + fakes + " synthetic");
        long overlap = trainingIds.stream().filter(test::contains).count();
        add("arm " + arm.name().word() + ": no test image was trained on", overlap == 0, overlap + " ids in both");
    }

    private static Set<String> ids(TrainingPart part) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < part.size(); i++) {
            ids.add(part.id(i));
        }
        return ids;
    }

    private void add(String rule, boolean holds, String detail) {
        checks.add(new Check(rule, holds, detail));
    }
}
