package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesionforge.audit.DuplicatePairs;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.DatasetImage;
import org.lesionforge.data.ImagesAtSide;
import org.lesionforge.data.Part;
import org.lesionforge.data.TrainingCopies;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.data.synthetic.SyntheticManifest;
import org.lesionforge.experiment.arm.FilterProof;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.PredictionsFile;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.Check;
import org.lesionforge.run.Trial;
import org.lesionforge.run.arm.ArmSource;
import org.lesionforge.run.arm.DrawnSet;

/**
 * Checks the rules against leakage on the files that a run wrote, not on the program's intentions: the data set's
 * table, each generator's list of training ids, each arm's list of training ids and table of predictions.
 */
final class LeakageProof {
    private static final String SYNTHETIC = "synthetic-";

    /** What a trial left on disk. */
    record Written(List<String> trainingIds, String splitSha256, PredictionsFile predictions) {}

    private final List<Check> checks = new ArrayList<>();
    private final Dataset dataset;
    private final boolean severalClassifiers;

    /** @param severalClassifiers whether arms are trained with more than one, so that it is said which */
    LeakageProof(Dataset dataset, boolean severalClassifiers) {
        this.dataset = dataset;
        this.severalClassifiers = severalClassifiers;
        noGroupInTwoParts();
        noPixelsInTwoParts();
    }

    /**
     * All checks of a run: split by split, and of the folds together.
     *
     * @param inputs of each split
     * @param copies that an audit of the data set has found
     * @throws UnusableInputException when a file that a finished step leaves is missing
     */
    static List<Check> of(
            Splits splits,
            Map<Splits.Key, SplitInputs> inputs,
            DuplicatePairs copies,
            List<Results.ArmResult> arms,
            RunDirectory run)
            throws IOException {
        List<Check> checks = new ArrayList<>();
        for (Map.Entry<Splits.Key, SplitInputs> split : inputs.entrySet()) {
            List<Results.ArmResult> ofSplit = arms.stream()
                    .filter(arm -> splits.of(arm).equals(split.getKey()))
                    .toList();
            int fold = split.getKey().fold();
            String prefix = fold == Trial.NO_FOLD ? "" : "fold " + fold + ": ";
            DuplicatePairs ofParts = copies.in(split.getValue().dataset());
            of(split.getValue(), ofParts, ofSplit, run)
                    .forEach(check -> checks.add(new Check(prefix + check.check(), check.holds(), check.detail())));
        }
        if (arms.stream().anyMatch(arm -> arm.fold().isPresent())) {
            checks.add(testedOnce(splits.all().get(0), arms, run));
        }
        return checks;
    }

    /**
     * All checks of one split and the arms that were trained on it.
     *
     * @param copies that an audit has found, counted by the parts of this very split
     * @throws UnusableInputException when a file that a finished step leaves is missing
     */
    private static List<Check> of(
            SplitInputs inputs, DuplicatePairs copies, List<Results.ArmResult> arms, RunDirectory run)
            throws IOException {
        LeakageProof proof = new LeakageProof(
                inputs.dataset(),
                arms.stream().map(Results.ArmResult::classifier).distinct().count() > 1);
        proof.copies(copies);
        List<String> generators = inputs.options().generators().keySet().stream()
                .filter(inputs.files()::isFinished)
                .toList();
        for (String each : generators) {
            GeneratorRun gan = GeneratorRun.open(
                    inputs.files().generator(each), inputs.options().zoo());
            String name = generators.size() == 1 ? "GAN" : name(each, inputs.options());
            proof.gan(name, gan, inputs.training());
            for (SeedSet set : sets(arms, each)) {
                for (Path folder : inputs.synthetic().folders(set.images(), set.seed())) {
                    proof.synthetic(set.images().filtered() ? name + ", and filtered" : name, gan, set.seed(), folder);
                    proof.checks.addAll(
                            FilterProof.of(set.images(), set.seed(), folder, inputs.dataset(), run.folder()));
                }
            }
        }
        inputs.externals().values().forEach(proof::external);
        for (Results.ArmResult arm : arms) {
            Written written = new Written(run.trainingIds(arm), run.splitSha256(arm), run.test(arm));
            proof.arm(arm, written, inputs.real(arm.arm()));
            if (ExternalImages.isExternal(arm.arm())) {
                proof.externalArm(arm, written.trainingIds(), inputs.external(arm.arm()));
            }
            arm.arm()
                    .drawn()
                    .filter(set -> arm.fold().isPresent())
                    .map(set -> inputs.synthetic().folders(set, arm.seed()))
                    .ifPresent(folders -> proof.drawnHere(
                            arm,
                            written.trainingIds(),
                            folders.stream().map(SyntheticManifest::read).toList()));
        }
        return proof.checks();
    }

    /**
     * Over all folds: each image of the data set has one prediction of each arm with each seed.
     *
     * @param arms all that were trained, in every fold
     */
    static Check testedOnce(Dataset dataset, List<Results.ArmResult> arms, RunDirectory run) {
        Set<String> all = dataset.images().stream().map(DatasetImage::id).collect(Collectors.toSet());
        Map<List<Object>, List<String>> tested = new LinkedHashMap<>();
        arms.forEach(arm -> tested.computeIfAbsent(
                        List.of(arm.name(), arm.classifier(), arm.seed()), unused -> new ArrayList<>())
                .addAll(run.test(arm).ids()));
        long wrong = tested.values().stream()
                .filter(ids -> ids.size() != all.size() || !all.equals(new HashSet<>(ids)))
                .count();
        return new Check(
                "each image was tested exactly once with each arm and seed, in one of the folds",
                wrong == 0 && !tested.isEmpty(),
                all.size() + " images, " + tested.size() + " times tested in all, of which " + wrong
                        + " with an image missing, twice or foreign");
    }

    private static String name(String generator, ExperimentOptions options) {
        String title = options.title(generator);
        return ArmSource.isOfEveryClass(generator) ? title + " of every class" : title;
    }

    private record SeedSet(DrawnSet images, long seed) {}

    private static List<SeedSet> sets(List<Results.ArmResult> arms, String generator) {
        return arms.stream()
                .flatMap(arm -> arm.arm().drawn().stream().map(set -> new SeedSet(set, arm.seed())))
                .filter(set -> set.images().generator().equals(generator))
                .distinct()
                .toList();
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

    /**
     * Unlike identifiers, pixels also find unchanged copies. The smallest stored size is used, which also finds
     * rescaled copies.
     */
    private void noPixelsInTwoParts() {
        int side = dataset.sides().get(0);
        Map<String, Part> partOfPixels = new HashMap<>();
        List<String> shared = new ArrayList<>();
        for (Part part : Part.values()) {
            ImagesAtSide images = dataset.part(part).at(side);
            for (int i = 0; i < images.size(); i++) {
                Part first = partOfPixels.putIfAbsent(Sha256.of(images.image(i).pixels()), part);
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
    void copies(DuplicatePairs copies) {
        add(
                "no two parts share a photograph, however resized, compressed, turned or cropped a little",
                copies.acrossParts() == 0,
                (copies.exact() + copies.near()) + " pairs of copies, " + copies.acrossParts()
                        + " of them in two parts"
                        + (copies.acrossParts() == 0 ? "" : "; see audit/audit.json"));
    }

    /**
     * @param name of the generator in the rules
     * @param training what it was given, all classes
     */
    void gan(String name, GeneratorRun gan, TrainingPart training) {
        TrainingPart allowed = gan.config().learned().of(training);
        Set<String> ids = ids(allowed);
        List<String> seen = gan.trainingIds();
        long outside = seen.stream().filter(id -> !ids.contains(id)).count();
        add(
                "the " + name + " saw training images of class " + gan.config().className() + " only",
                outside == 0 && !seen.isEmpty(),
                seen.size() + " training ids, " + outside + " of them not among the " + ids.size()
                        + " training images of the class");
        List<String> before = gan.initialIds();
        if (!before.isEmpty()) {
            Set<String> all = ids(training);
            long others = before.stream().filter(id -> !all.contains(id)).count();
            add(
                    "what the " + name + " began from saw training images only",
                    others == 0,
                    before.size() + " training ids, " + others + " of them not in the training part");
        }
        String split = dataset.manifest().split().sha256();
        add(
                "the " + name + " was trained on this very split",
                gan.config().splitSha256().equals(split),
                "split " + gan.config().splitSha256().substring(0, 12) + " and " + split.substring(0, 12));
    }

    /**
     * @param name of the generator in the rules
     * @param folder of the images that the trials of {@code seed} trained on
     */
    void synthetic(String name, GeneratorRun gan, long seed, Path folder) throws IOException {
        String generator = Sha256.of(gan.snapshotFile(gan.best().snapshot()));
        SyntheticManifest manifest = SyntheticManifest.read(folder);
        long others = manifest.generators().stream()
                .filter(sha256 -> !sha256.equals(generator))
                .count();
        add(
                "seed " + seed + ": the synthetic images were drawn from this " + name,
                others == 0 && !manifest.generators().isEmpty(),
                manifest.generators().size() + " images, " + others + " of them from another generator than "
                        + generator.substring(0, 12));
    }

    /**
     * Where every fold has a generator, that none trained on another's images.
     *
     * @param trainingIds what the arm's folder says it was trained on
     * @param manifests of the images that its own fold's generator drew with its seed
     */
    void drawnHere(Results.ArmResult arm, List<String> trainingIds, List<SyntheticManifest> manifests) {
        Set<String> drawn = manifests.stream()
                .flatMap(manifest -> manifest.lines().stream())
                .map(line ->
                        line.path().substring(line.path().lastIndexOf('/') + 1).replaceFirst("\\.png$", ""))
                .collect(Collectors.toSet());
        List<String> synthetic =
                trainingIds.stream().filter(id -> id.startsWith(SYNTHETIC)).toList();
        long others = synthetic.stream().filter(id -> !drawn.contains(id)).count();
        add(
                trial(arm) + ": its synthetic images were drawn by this fold's generator",
                others == 0 && !synthetic.isEmpty(),
                synthetic.size() + " images, " + others + " of them not among the " + drawn.size() + " that it drew");
    }

    /** All that can be checked for images of another generator, whose training images are unknown. */
    void external(ExternalSet set) {
        add(
                "none of the images from " + set.name() + " shows a validation or test image",
                set.isUnchanged(),
                set.all().size() + " images compared with " + set.heldOut() + " real ones before any training, "
                        + (set.isUnchanged()
                                ? "and their files are still the same"
                                : "but their files were changed meanwhile")
                        + "; what their generator was trained on is not known");
    }

    /** @param trainingIds what the arm's folder says it was trained on */
    void externalArm(Results.ArmResult arm, List<String> trainingIds, ExternalSet set) {
        Set<String> allowed = set.ids();
        List<String> synthetic =
                trainingIds.stream().filter(id -> id.startsWith(SYNTHETIC)).toList();
        long others = synthetic.stream().filter(id -> !allowed.contains(id)).count();
        add(
                trial(arm) + ": its synthetic images are from " + set.name()
                        + ", without near-copies of training images",
                others == 0 && !synthetic.isEmpty(),
                synthetic.size() + " images, " + others + " of them not among the " + allowed.size()
                        + " that may be used");
    }

    /**
     * @param written what the arm's folder says it was trained on
     * @param real the real images it should have been trained on
     */
    void arm(Results.ArmResult arm, Written written, TrainingPart real) {
        String trial = trial(arm);
        trainedOn(trial, arm, written.trainingIds(), ids(real));
        String split = dataset.manifest().split().sha256();
        add(
                trial + ": trained on this very split",
                written.splitSha256().equals(split),
                "split " + written.splitSha256().substring(0, 12) + " and " + split.substring(0, 12));
        Set<String> test = dataset.images().stream()
                .filter(image -> image.part() == Part.TEST)
                .map(DatasetImage::id)
                .collect(Collectors.toSet());
        Set<String> tested = new HashSet<>(written.predictions().ids());
        long fakes = tested.stream().filter(id -> id.startsWith(SYNTHETIC)).count();
        int predictions = written.predictions().size();
        add(
                trial + ": tested on exactly the real test images",
                tested.equals(test) && fakes == 0 && predictions == test.size(),
                predictions + " predictions for " + test.size() + " test images, " + fakes + " synthetic");
        long overlap = written.trainingIds().stream()
                .map(TrainingCopies::originalOf)
                .filter(test::contains)
                .count();
        add(trial + ": no test image was trained on", overlap == 0, overlap + " ids in both, copies among them");
    }

    /** With its classifier where the run has several. */
    private String trial(Results.ArmResult arm) {
        return new Trial(
                        arm.arm(),
                        new Trial.Classifier(arm.classifier(), arm.classifier(), !severalClassifiers),
                        arm.seed())
                .toString();
    }

    private void trainedOn(String trial, Results.ArmResult arm, List<String> trainingIds, Set<String> real) {
        List<String> synthetic =
                trainingIds.stream().filter(id -> id.startsWith(SYNTHETIC)).toList();
        List<String> copies =
                trainingIds.stream().filter(TrainingCopies::isCopy).toList();
        List<String> others = trainingIds.stream()
                .filter(id -> !id.startsWith(SYNTHETIC) && !TrainingCopies.isCopy(id))
                .toList();
        long foreign = Stream.concat(others.stream(), copies.stream().map(TrainingCopies::originalOf))
                .filter(id -> !real.contains(id))
                .count();
        Set<String> distinct = new HashSet<>(others);
        long missing = real.stream().filter(id -> !distinct.contains(id)).count();
        int counted = arm.train().values().stream().mapToInt(Integer::intValue).sum();
        add(
                trial + ": trained on training images, " + arm.synthetic() + " synthetic ones and " + copies.size()
                        + " copies",
                foreign == 0
                        && missing == 0
                        && others.size() == real.size()
                        && synthetic.size() == arm.synthetic()
                        && new HashSet<>(trainingIds).size() == trainingIds.size()
                        && counted == trainingIds.size(),
                trainingIds.size() + " ids = " + others.size() + " real + " + synthetic.size() + " synthetic + "
                        + copies.size() + " copies, " + foreign + " from outside the training part, " + missing
                        + " of it missing; counts by class add up to " + counted);
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
