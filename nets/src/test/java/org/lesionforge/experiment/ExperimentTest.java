package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.StopAfter;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.SyntheticManifest;
import org.lesionforge.data.TrainingCopies;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.ForwardingProgress;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.fidelity.GeneratorCheck;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;
import org.lesionforge.run.Arm;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.Results.Comparison;
import org.lesionforge.run.SplitDirectory;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Torch;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.RandomWeights;

/** Six arms, three seeds, on phantoms, with a frozen network that has learned nothing. */
final class ExperimentTest {
    private static final List<Arm> ARMS = Stream.of(
                    "none", "none+class-weights", "oversample", "classical", "dcgan", "dcgan+degraded+only")
            .map(Arm::of)
            .toList();

    private static final ModelFamily<DcganOptions> TOY = new RenamedFamily("toy", "Toy GAN");

    @TempDir
    static Path folder;

    private static Dataset dataset;
    private static PretrainedWeights weights;
    private static int benign;
    private static int malignant;
    private static Path run;
    private static Results results;

    @BeforeAll
    static void runOnce() throws IOException {
        Path source = folder.resolve("phantoms");
        Phantoms.write(source, new PhantomOptions(24, 14, 0.1, 80, 3), Progress.SILENT);
        PreparationOptions usual = PreparationOptions.of(source, folder.resolve("dataset"));
        Preparation.run(
                PreparationOptions.of(source, usual.out())
                        .with()
                        .labels(Optional.of(LabelColumns.recognised(source.resolve("metadata.csv"))))
                        .grouping(usual.grouping())
                        .partNames(usual.partNames())
                        .spanning(usual.spanning())
                        .sizes(List.of(16, 75))
                        .fit(usual.fit())
                        .test(0.25)
                        .validation(0.2)
                        .threads(1)
                        .build(),
                Progress.SILENT);
        dataset = Dataset.open(usual.out());
        benign = dataset.training().counts()[0];
        malignant = dataset.training().counts()[1];
        weights = RandomWeights.in(folder);
        run = folder.resolve("run");
        results = run(run, options(ARMS, List.of(0L, 1L, 2L), false), false);
    }

    private static ExperimentOptions options(List<Arm> arms, List<Long> seeds, boolean resplit) {
        ClassifierOptions classifier = ClassifierOptions.paper()
                .with()
                .size(75)
                .epochs(3)
                .batch(8)
                .freeze(true)
                .selection(Selection.BEST)
                .build();
        return ExperimentOptions.DEFAULTS
                .with()
                .arms(arms)
                .seeds(seeds)
                .resplit(resplit)
                .maxSimilarity(1)
                .keepModels(false)
                .generators(Map.of("dcgan", generator()))
                .classifier(classifier)
                .build();
    }

    private static GeneratorSpec<DcganOptions> generator() {
        return tiny(Dcgan.FAMILY, 4);
    }

    private static GeneratorSpec<DcganOptions> tiny(ModelFamily<DcganOptions> family, int width) {
        return family.preset(Preset.PAPER)
                .common(common -> common.size(16).batch(8).epochs(2).snapshotEvery(1))
                .own(own -> own.with().latent(10).width(width).kernel(4).build());
    }

    private static Results run(Path out, ExperimentOptions options, boolean resume) throws IOException {
        return run(out, options, resume, 1);
    }

    private static Results run(Path out, ExperimentOptions options, boolean resume, int jobs) throws IOException {
        return run(out, options, resume, jobs, Progress.SILENT);
    }

    private static Results run(Path out, ExperimentOptions options, boolean resume, int jobs, Progress progress)
            throws IOException {
        try (PretrainedNetworks networks = networks();
                RunDirectory directory = RunDirectory.open(out, Map.of("options", options), resume)) {
            Experiment experiment =
                    new Experiment(dataset, options, networks, directory, CheckpointPolicy.DEFAULTS, progress);
            // Two epochs teach a generator nothing; what becomes of such a one has a test of its own.
            experiment.acceptBadGenerator();
            return experiment.run(jobs);
        }
    }

    private static PretrainedNetworks networks() {
        return new PretrainedNetworks(
                BackboneZoo.STANDARD,
                Optional.of(weights),
                Optional.empty(),
                Optional.of(folder.resolve("features")),
                Compute.cpu(),
                Progress.SILENT);
    }

    private static ArmResult arm(Results of, String word, long seed) {
        return of.arms().stream()
                .filter(arm -> arm.name().equals(word) && arm.seed() == seed)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> trainingIds(Path of, ArmResult arm) throws IOException {
        return Files.readAllLines(of.resolve(arm.folder()).resolve("training-ids.txt"));
    }

    @Test
    void everyArmIsTrainedWithEverySeedAndTheSameSteps() {
        assertEquals(18, results.arms().size());
        int batches = (benign + malignant) / 8 + ((benign + malignant) % 8 > 1 ? 1 : 0);
        for (ArmResult arm : results.arms()) {
            assertEquals(3 * batches, arm.steps(), arm.name());
        }
        assertEquals(6, results.summaries().size());
        assertEquals(List.of(0L, 1L, 2L), results.summaries().get(0).seeds());
    }

    @Test
    void trainingCountsByHand() throws IOException {
        int lacking = benign - malignant;
        assertTrue(lacking > 0);
        for (long seed : List.of(0L, 1L, 2L)) {
            for (String word : List.of("none", "none+class-weights")) {
                ArmResult arm = arm(results, word, seed);
                assertEquals(Map.of("benign", benign, "malignant", malignant), arm.train());
                assertEquals(0, arm.synthetic());
            }
            for (String word : List.of("oversample", "classical", "dcgan", "dcgan+degraded+only")) {
                assertEquals(
                        Map.of("benign", benign, "malignant", benign),
                        arm(results, word, seed).train(),
                        word);
            }
            assertEquals(lacking, arm(results, "dcgan", seed).synthetic());
            assertEquals(
                    new Results.Gate(benign, 0, 1),
                    arm(results, "dcgan", seed).images().orElseThrow().gate());
            assertEquals(benign, arm(results, "dcgan+degraded+only", seed).synthetic());
            List<String> copied = trainingIds(run, arm(results, "oversample", seed));
            assertEquals(lacking, copied.stream().filter(TrainingCopies::isCopy).count());
            assertEquals(
                    Math.min(lacking, malignant),
                    copied.stream()
                            .filter(TrainingCopies::isCopy)
                            .map(TrainingCopies::originalOf)
                            .distinct()
                            .count());
            List<String> only = trainingIds(run, arm(results, "dcgan+degraded+only", seed));
            assertEquals(
                    benign,
                    only.stream()
                            .filter(id -> id.startsWith("synthetic-run-seed" + seed))
                            .count());
        }
        assertNotEquals(
                trainingIds(run, arm(results, "dcgan", 0)), trainingIds(run, arm(results, "dcgan", 1)), "own draws");
    }

    @Test
    void everyCheckHolds() {
        // Three of the data, two of the GAN, three of the drawn sets, four of each trial.
        assertEquals(3 + 2 + 3 + 4 * 18, results.leakage().size());
        results.leakage().forEach(check -> assertTrue(check.holds(), check.toString()));
    }

    @Test
    void aFinishedCellIsNeverTrainedAgain() throws IOException {
        Map<Path, FileTime> before = times();
        run(run, options(ARMS, List.of(0L, 1L, 2L), false), true);
        assertEquals(before, times());
        List<Arm> more = new ArrayList<>(ARMS);
        more.add(Arm.of("dcgan:3"));
        Results extended = run(run, options(more, List.of(0L, 1L), false), true);
        assertEquals(14, extended.arms().size());
        Map<Path, FileTime> after = times();
        before.forEach((file, time) -> assertEquals(time, after.get(file), file.toString()));
        assertEquals(before.size() + 2, after.size());
        String message = assertThrows(
                        UnusableInputException.class, () -> run(run, options(ARMS, List.of(0L), true), true))
                .getMessage();
        assertTrue(message.contains("other options"), message);
    }

    /** Requests a cancellation when it is told something. */
    private static Progress cancelledAt(String message) {
        Cancellation token = new Cancellation();
        return new ForwardingProgress(Progress.SILENT.cancelledBy(token)) {
            @Override
            public void message(String text) {
                if (text.startsWith(message)) {
                    token.request();
                }
            }
        };
    }

    /** At the beginning of a trial and within it, in the GAN's training and at the drawing of images. */
    @Test
    void anExperimentThatWasCancelledAgainAndAgainComesToTheSameResults() throws IOException {
        Path out = folder.resolve("cancelled");
        List<Arm> arms = Stream.of("none", "oversample", "dcgan").map(Arm::of).toList();
        ExperimentOptions options = options(arms, List.of(0L), false);
        String message = assertThrows(
                        InterruptedRunException.class,
                        () -> run(out, options, false, 1, cancelledAt("arm oversample, seed 0: training")))
                .getMessage();
        assertTrue(message.startsWith("the classifier's training was stopped (0 images into epoch 1 of 3)"), message);
        assertTrue(Files.exists(out.resolve("arms/none-seed0/result.json")));
        assertFalse(Files.exists(out.resolve("arms/oversample-seed0/result.json")));

        message = assertThrows(
                        InterruptedRunException.class,
                        () -> run(out, options, true, 1, new StopAfter("training the classifier, images", 16)))
                .getMessage();
        assertTrue(message.contains("(16 images into epoch 1 of 3)"), message);
        Path checkpoints = out.resolve("arms/oversample-seed0/checkpoints");
        assertTrue(Files.exists(checkpoints.resolve("state-00000002.json")));

        FileTime finished = Files.getLastModifiedTime(out.resolve("arms/none-seed0/result.json"));
        StopAfter inTheGan = new StopAfter("training the GAN, images", 8);
        message = assertThrows(InterruptedRunException.class, () -> run(out, options, true, 1, inTheGan))
                .getMessage();
        assertTrue(message.startsWith("the GAN's training was stopped after iteration 1 of "), message);
        assertTrue(
                inTheGan.messages()
                        .contains("resuming from the checkpoint of iteration 2 (16 images into epoch 1 of 3)"),
                "within its trial: " + inTheGan.messages());
        assertTrue(Files.exists(out.resolve("arms/oversample-seed0/result.json")));
        assertFalse(Files.exists(checkpoints), "of no use to a trial that is finished");
        assertTrue(Files.exists(out.resolve("generators/dcgan/checkpoints/state-00000001.safetensors")));

        message = assertThrows(InterruptedRunException.class, () -> run(out, options, true, 1, cancelledAt("drawing ")))
                .getMessage();
        assertEquals("stopped: drawing synthetic images 0/" + (benign - malignant), message);
        assertTrue(Files.exists(out.resolve("generators/dcgan/best.json")));
        assertFalse(Files.exists(out.resolve("synthetic/dcgan/seed0/manifest.csv")));

        Results resumed = run(out, options, true);
        assertEquals(finished, Files.getLastModifiedTime(out.resolve("arms/none-seed0/result.json")));
        for (Arm arm : arms) {
            String word = arm.word();
            assertEquals(
                    Json.line(arm(results, word, 0).test()),
                    Json.line(arm(resumed, word, 0).test()),
                    word);
        }
    }

    @Test
    void aRunOfVersion01IsResumedUnderItsOwnNames() throws IOException {
        Path old = folder.resolve("old");
        copy(run, old);
        Map<String, String> names =
                Map.of("none+class-weights", "class-weights", "dcgan+degraded+only", "dcgan-only+degraded");
        for (Map.Entry<String, String> name : names.entrySet()) {
            for (long seed : List.of(0L, 1L, 2L)) {
                Path trial = old.resolve("arms/" + name.getValue() + "-seed" + seed);
                Files.move(old.resolve("arms/" + name.getKey() + "-seed" + seed), trial);
                rename(trial.resolve("result.json"), name);
            }
            rename(old.resolve("config.json"), name);
        }
        assertTrue(Files.readString(old.resolve("config.json")).contains("\"class-weights\""));
        Map<Path, FileTime> before = times(old);
        assertTrue(before.size() >= 18 + 1 + 3, "all cells, the GAN, what it drew: " + before.keySet());
        Results resumed = run(old, options(ARMS, List.of(0L, 1L, 2L), false), true);
        assertEquals(before, times(old), "nothing is trained again");
        for (ArmResult arm : resumed.arms()) {
            String word = arm.name();
            assertEquals("arms/" + names.getOrDefault(word, word) + "-seed" + arm.seed(), arm.folder());
            assertEquals(Json.line(arm(results, word, arm.seed()).test()), Json.line(arm.test()), arm.folder());
        }
        assertEquals(Json.line(results.comparisons()), Json.line(resumed.comparisons()));
        resumed.leakage().forEach(check -> assertTrue(check.holds(), check.toString()));

        // A trial that is missing is trained where the others of its arm are not disturbed.
        Files.delete(old.resolve("arms/class-weights-seed2/result.json"));
        Results again = run(old, options(ARMS, List.of(0L, 1L, 2L), false), true);
        assertEquals(
                "arms/class-weights-seed2", arm(again, "none+class-weights", 2).folder());
        assertEquals(before.keySet(), times(old).keySet());
    }

    private static void rename(Path file, Map.Entry<String, String> name) throws IOException {
        Files.writeString(file, Files.readString(file).replace(name.getKey(), name.getValue()));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static Map<Path, FileTime> times() throws IOException {
        return times(run);
    }

    /** When each trial, the GAN and the drawn images were finished. */
    private static Map<Path, FileTime> times(Path of) throws IOException {
        Map<Path, FileTime> times = new HashMap<>();
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (List.of("result.json", "best.json", "manifest.csv").contains(name)) {
                    times.put(file, Files.getLastModifiedTime(file));
                }
            }
        }
        return times;
    }

    @Test
    void comparisonsAreOfMeansOverSeedsAndTheTestsMakeOneFamily() {
        List<Comparison> accuracy = results.comparisons().stream()
                .filter(comparison -> comparison.metric().equals("accuracy"))
                .toList();
        assertEquals(5, accuracy.size());
        for (Comparison comparison : accuracy) {
            double sum = 0;
            for (long seed = 0; seed < 3; seed++) {
                sum += arm(results, comparison.b(), seed).test().accuracy()
                        - arm(results, "none", seed).test().accuracy();
            }
            assertEquals(sum / 3, comparison.difference(), 1e-12);
            assertEquals(Optional.of("sign flips over groups"), comparison.test());
            assertEquals(3, comparison.overSeeds().orElseThrow().difference().n());
        }
        List<Comparison> tested = results.comparisons().stream()
                .filter(comparison -> comparison.pValue().isPresent())
                .toList();
        assertEquals(30, tested.size());
        List<Comparison> planned = tested.stream().filter(Comparison::planned).toList();
        assertEquals(15, planned.size(), "ROC AUC, and sensitivity and specificity at the validation threshold");
        double smallest = planned.stream()
                .mapToDouble(comparison -> comparison.pValue().orElseThrow())
                .min()
                .orElseThrow();
        double smallestAdjusted = planned.stream()
                .mapToDouble(comparison -> comparison.pHolm().orElseThrow())
                .min()
                .orElseThrow();
        assertEquals(Math.min(1, 15 * smallest), smallestAdjusted, 1e-12, "Holm over all planned tests");
    }

    @Test
    void sideBySideTheSameComesOutAsOneAfterTheOther() throws IOException {
        // The whole network, whose dropout, optimiser and normalisation must not meet another trial's.
        ExperimentOptions frozen = options(List.of(Arm.NONE, Arm.of("none+class-weights")), List.of(0L, 1L), false);
        ExperimentOptions whole = ExperimentOptions.DEFAULTS
                .with()
                .arms(frozen.arms())
                .seeds(frozen.seeds())
                .maxSimilarity(1)
                .keepModels(false)
                .generators(frozen.generators())
                .classifier(frozen.classifier().with().freeze(false).epochs(1).build())
                .build();
        int threads = Torch.threads();
        Torch.useThreads(1);
        try {
            Path one = folder.resolve("one-by-one");
            Path two = folder.resolve("side-by-side");
            run(one, whole, false, 1);
            run(two, whole, false, 2);
            for (String trial :
                    List.of("none-seed0", "none-seed1", "none+class-weights-seed0", "none+class-weights-seed1")) {
                for (String file : List.of("predictions-test.csv", "predictions-validation.csv")) {
                    Path path = Path.of("arms", trial, file);
                    assertEquals(Files.readString(one.resolve(path)), Files.readString(two.resolve(path)), trial);
                }
            }
        } finally {
            Torch.useThreads(threads);
        }
    }

    /** As a run was before generators had folders by family. */
    private static void moveToOldPlaces(Path out) throws IOException {
        Files.move(out.resolve("generators/dcgan"), out.resolve("gan"));
        Files.delete(out.resolve("generators"));
        for (String each : List.of("seed0", "held-out-similarity.csv")) {
            Files.move(out.resolve("synthetic/dcgan/" + each), out.resolve("synthetic/" + each));
        }
        Files.delete(out.resolve("synthetic/dcgan"));
        ObjectNode config = (ObjectNode) Json.readTree(out.resolve("config.json"));
        ObjectNode recorded = config.withObject("/options");
        recorded.set("gan", recorded.remove("generators").get("dcgan"));
        Json.write(out.resolve("config.json"), config);
    }

    @Test
    void aRunWithOldPlacesKeepsThemAndOtherFamiliesGetFoldersOfTheirOwn() throws IOException {
        Path out = folder.resolve("families");
        ExperimentOptions old = options(List.of(Arm.NONE, Arm.of("dcgan")), List.of(0L), false);
        Results before = run(out, old, false);
        moveToOldPlaces(out);
        List<Path> done = List.of(out.resolve("gan/best.json"), out.resolve("synthetic/seed0/similarity.csv"));
        List<FileTime> times = new ArrayList<>();
        for (Path file : done) {
            times.add(Files.getLastModifiedTime(file));
        }
        Map<String, GeneratorSpec<?>> generators = new LinkedHashMap<>(old.generators());
        generators.put("toy", tiny(TOY, 8).common(common -> common.epochs(1)));
        ExperimentOptions both = old.with()
                .arms(List.of(Arm.NONE, Arm.of("dcgan"), Arm.of("toy:3"), Arm.of("toy:5+only")))
                .generators(generators)
                .build();
        Results results = run(out, both, true);

        for (Path file : done) {
            assertEquals(times.remove(0), Files.getLastModifiedTime(file), file.toString());
        }
        assertEquals(List.of("dcgan", "toy"), new SplitDirectory(out).families());
        assertFalse(Files.exists(out.resolve("generators/dcgan")));
        assertEquals(
                8,
                Json.readTree(out.resolve("generators/toy/config.json"))
                        .at("/options/width")
                        .asInt());
        assertEquals(
                5,
                SyntheticManifest.read(out.resolve("synthetic/toy/seed0"))
                        .generators()
                        .size());
        for (int i = 0; i < 2; i++) {
            assertEquals(before.arms().get(i).seconds(), results.arms().get(i).seconds(), "trained once");
        }
        ArmResult toy = arm(results, "toy:3", 0);
        assertEquals("Balanced with Toy GAN images (3)", toy.title());
        assertEquals(3, toy.synthetic());
        assertEquals(
                new Results.Gate(5, 0, 1), toy.images().orElseThrow().gate(), "of the set, not of the other family's");
        assertEquals(benign + 5, trainingIds(out, arm(results, "toy:5+only", 0)).size());
        // Three of the data, of each family two and one of its set, four of each trial.
        assertEquals(3 + 2 * 3 + 4 * 4, results.leakage().size());
        assertTrue(
                results.leakage().stream().allMatch(Results.Check::holds),
                results.leakage().toString());
        for (String name : List.of("DCGAN", "Toy GAN")) {
            assertTrue(results.leakage().stream()
                    .anyMatch(check -> check.check().equals("the " + name + " was trained on this very split")));
        }
        assertTrue(Files.exists(out.resolve("examples/synthetic.png")));
        assertTrue(Files.exists(out.resolve("examples/synthetic-toy.png")));
        JsonNode recorded = Json.readTree(out.resolve("config.json")).get("options");
        assertFalse(recorded.has("gan"));
        assertEquals(4, recorded.at("/generators/dcgan/width").asInt());
        assertEquals(8, recorded.at("/generators/toy/width").asInt());

        // A start without the family leaves its record alone, one with another width is refused.
        run(out, old, true);
        assertEquals(
                8,
                Json.readTree(out.resolve("config.json"))
                        .at("/options/generators/toy/width")
                        .asInt());
        ExperimentOptions wider = both.with()
                .generators(Map.of("dcgan", generator(), "toy", tiny(TOY, 4)))
                .build();
        String refusal = assertThrows(UnusableInputException.class, () -> run(out, wider, true))
                .getMessage();
        assertTrue(refusal.contains("options.generators.toy.width is 8 there and 4 now"), refusal);
    }

    @Test
    void degradedMeansTheSizeOfTheArmsOwnFamily() {
        Map<String, GeneratorSpec<?>> generators = new LinkedHashMap<>();
        generators.put("toy", tiny(TOY, 4).common(common -> common.size(32)));
        generators.put("dcgan", generator());
        ExperimentOptions options =
                ExperimentOptions.DEFAULTS.with().generators(generators).build();
        assertEquals(16, options.generatorSize(Arm.of("dcgan+degraded")));
        assertEquals(32, options.generatorSize(Arm.of("toy:5+degraded")));
        assertEquals(32, options.generatorSize(Arm.of("none+degraded")), "of the first");
        assertThrows(
                IllegalArgumentException.class,
                () -> options.with().arms(List.of(Arm.of("other"))).build());
    }

    @Test
    void aNewSplitForEachSeedHasItsOwnGan() throws IOException {
        Path out = folder.resolve("resplit");
        Results each = run(out, options(List.of(Arm.NONE, Arm.of("dcgan")), List.of(0L, 1L), true), false);
        List<List<String>> seen = new ArrayList<>();
        for (long seed : List.of(0L, 1L)) {
            Dataset split = dataset.resplit(seed);
            List<String> ids =
                    Files.readAllLines(out.resolve("splits/seed" + seed + "/generators/dcgan/training-ids.txt"));
            assertEquals(split.training().ofClass("malignant").size(), ids.size());
            assertEquals(
                    split.training().size(),
                    trainingIds(out, arm(each, "none", seed)).size());
            seen.add(ids);
        }
        assertNotEquals(seen.get(0), seen.get(1));
        each.leakage().forEach(check -> assertTrue(check.holds(), check.toString()));
        assertEquals(2 * (2 + 2 + 1 + 2 * 4), each.leakage().size());
    }

    @Test
    void aTrainedGanIsTakenOverWhereItSawTheSameImages() throws IOException {
        PretrainedGenerator gan = PretrainedGenerator.of(run.resolve("generators/dcgan"), GeneratorZoo.STANDARD);
        ExperimentOptions options = options(List.of(Arm.NONE, Arm.of("dcgan")), List.of(0L), false);
        Path out = folder.resolve("adopted");
        try (PretrainedNetworks networks = networks();
                RunDirectory directory = RunDirectory.open(out, Map.of("options", options), false)) {
            Experiment experiment =
                    new Experiment(dataset, options, networks, directory, CheckpointPolicy.DEFAULTS, Progress.SILENT);
            experiment.usePretrained(gan);
            experiment.acceptBadGenerator();
            Results pretrained = experiment.run();
            assertEquals(
                    Files.readString(run.resolve("generators/dcgan/stats.jsonl")),
                    Files.readString(out.resolve("generators/dcgan/stats.jsonl")));
            assertEquals(
                    arm(results, "dcgan", 0).test().rocAuc(),
                    arm(pretrained, "dcgan", 0).test().rocAuc(),
                    1e-4,
                    "the same generator, the same draws");
            pretrained.leakage().forEach(check -> assertTrue(check.holds(), check.toString()));
        }
        try (Stream<Path> checkpoints = Files.list(out.resolve("generators/dcgan/checkpoints"))) {
            assertEquals(1, checkpoints.count(), "the best generator alone");
        }
        aGanThatNobodyMeasuredIsMeasuredBeforeItIsUsed();
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> Experiment.checkPretrained(gan, dataset.resplit(5), options))
                .getMessage();
        assertTrue(message.contains("was trained on split"), message);

        Path other = folder.resolve("other-images");
        Files.createDirectories(other);
        Files.copy(run.resolve("generators/dcgan/config.json"), other.resolve("config.json"));
        Files.copy(run.resolve("generators/dcgan/best.json"), other.resolve("best.json"));
        List<String> ids = new ArrayList<>(Files.readAllLines(run.resolve("generators/dcgan/training-ids.txt")));
        ids.set(0, dataset.test().id(0));
        Files.write(other.resolve("training-ids.txt"), ids);
        message = assertThrows(
                        UnusableInputException.class,
                        () -> Experiment.checkPretrained(
                                PretrainedGenerator.of(other, GeneratorZoo.STANDARD), dataset, options))
                .getMessage();
        assertTrue(message.contains("1 of them not among"), message);
    }

    private static void aGanThatNobodyMeasuredIsMeasuredBeforeItIsUsed() throws IOException {
        ExperimentOptions options =
                options(List.of(Arm.NONE, Arm.of("dcgan"), Arm.of("dcgan+degraded+only")), List.of(0L), false);
        Path out = folder.resolve("unmeasured");
        try (PretrainedNetworks networks = networks();
                RunDirectory directory = RunDirectory.open(out, Map.of("options", options), false)) {
            Experiment experiment =
                    new Experiment(dataset, options, networks, directory, CheckpointPolicy.DEFAULTS, Progress.SILENT);
            experiment.usePretrained(PretrainedGenerator.of(run.resolve("generators/dcgan"), GeneratorZoo.STANDARD));
            experiment.acceptBadGenerator();
            GeneratorRun pretrained = GeneratorRun.open(out.resolve("generators/dcgan"), GeneratorZoo.STANDARD);
            GeneratorCheck before =
                    pretrained.check(pretrained.best().snapshot()).orElseThrow();
            Files.delete(out.resolve("generators/dcgan/metrics.jsonl"));
            experiment.run();
            assertEquals(
                    1,
                    Files.readAllLines(out.resolve("generators/dcgan/metrics.jsonl"))
                            .size(),
                    "of two cells, once");
            GeneratorCheck after =
                    pretrained.check(pretrained.best().snapshot()).orElseThrow();
            assertEquals(before.spread(), after.spread(), 1e-4, "by the same classifier, as in training");
            assertEquals(before.recall(), after.recall(), 0.1);
        }
    }

    @Test
    void frozenFeaturesAreKeptForTheNextRun() throws IOException {
        try (Stream<Path> blocks = Files.walk(folder.resolve("features"))) {
            assertTrue(blocks.anyMatch(file -> file.toString().endsWith(".block")));
        }
        List<String> computed = new ArrayList<>();
        Progress listening = new Progress() {
            @Override
            public void advance(String task, long done, long total, String detail) {
                computed.add(task);
            }

            @Override
            public void message(String text) {}
        };
        ExperimentOptions options = options(List.of(Arm.NONE, Arm.of("oversample")), List.of(7L), false);
        Path out = folder.resolve("cached");
        try (PretrainedNetworks networks = new PretrainedNetworks(
                        BackboneZoo.STANDARD,
                        Optional.of(weights),
                        Optional.empty(),
                        Optional.of(folder.resolve("features")),
                        Compute.cpu(),
                        listening);
                RunDirectory directory = RunDirectory.open(out, Map.of("options", options), false)) {
            new Experiment(dataset, options, networks, directory, CheckpointPolicy.DEFAULTS, listening).run();
        }
        assertTrue(computed.contains("training the classifier, images"), computed.toString());
        assertFalse(computed.contains("features through random-for-tests"), computed.toString());
        assertTrue(Json.readTree(out.resolve("results.json")).get("summaries").size() == 2);
    }
}
