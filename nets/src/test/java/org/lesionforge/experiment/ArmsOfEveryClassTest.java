package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.experiment.arm.Additions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.report.ArmCaveats;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunFiles;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.weights.RandomWeights;

/**
 * Arms of every class and controls, with a generator that draws phantoms anew and another one that marks all that it draws.
 */
final class ArmsOfEveryClassTest {
    @TempDir
    static Path folder;

    private static PhantomExperiment phantoms;
    private static Results results;
    private static ExperimentOptions options;
    private static Path out;
    private static double expectedPasses;
    private static double expectedTold;
    private static final PassesOfTelling PASSES = new PassesOfTelling();

    /** Counts the images that go through the network once the generators' images are compared with real ones. */
    private static final class PassesOfTelling implements Progress {
        private boolean telling;
        private int images;

        @Override
        public void advance(String task, long done, long total, String detail) {
            if (telling && task.equals("features through " + RandomWeights.NAME) && done == total) {
                images += (int) total;
            }
        }

        @Override
        public void message(String text) {
            telling |= text.startsWith("comparing images of ");
        }
    }

    private static double resultsSeconds(Speeds speeds) {
        try (PretrainedNetworks networks = phantoms.networks()) {
            return new WorkAhead(phantoms.dataset(), options, networks, Set.of(), Optional.empty(), 1)
                    .at(speeds)
                    .resultsSeconds();
        }
    }

    private static List<Arm> arms(String... words) {
        return Stream.of(words).map(Arm::of).toList();
    }

    private static GeneratorSpec<?> generator(String name, boolean marked) {
        return new PhantomFamily(name, marked)
                .preset("paper")
                .common(common ->
                        common.size(PhantomFamily.SIDE).batch(32).epochs(1).snapshotEvery(1));
    }

    @BeforeAll
    static void run() throws IOException {
        phantoms = new PhantomExperiment(folder, new PhantomOptions(40, 20, 0.1, 80, 3), PhantomExperiment.LIGHT);
        Map<String, GeneratorSpec<?>> generators = new LinkedHashMap<>();
        generators.put("perfect-conditional", generator("perfect", false));
        generators.put("perfect", generator("perfect", false));
        generators.put("marked", generator("marked", true));
        options = PhantomExperiment.options(List.of(Arm.NONE), List.of(0L), false)
                .with()
                .arms(arms(
                        "none",
                        "both:perfect@2",
                        "both:perfect@2+shuffled",
                        "marked:30+only",
                        "perfect:30+only",
                        "processed",
                        "real:6"))
                .generators(generators)
                .additions(new Additions(null, 1, false))
                .build();
        out = folder.resolve("run");
        double nothing = resultsSeconds(new PlantedSpeeds(0, 0, 0));
        expectedPasses = resultsSeconds(new PlantedSpeeds(1, 0, 0)) - nothing;
        expectedTold = resultsSeconds(new PlantedSpeeds(0, 1, 0)) - nothing;
        results = phantoms.run(out, options, false, 1, PASSES);
    }

    /** With as many images of each side as there are real ones, or drawn ones where those are fewer. */
    @Test
    void theEstimateCountsThePassesThatTellingApartTakes() {
        int[] real = options.training(phantoms.dataset()).counts();
        assertEquals(real[0] + real[1] + 2 * Math.min(real[1], 30), expectedTold, 1e-9);
        // Drawn images of the classifiers' own size have been seen by the arms, which the estimate does not foresee:
        // each is known once.
        assertEquals(PASSES.images + expectedTold, expectedPasses, 1e-9);
    }

    @Test
    void aMarkThatTheGeneratorPutsOnItsImagesIsDetected() {
        assertTrue(detectability("marked").low() > 0.9, "told apart: " + detectability("marked"));
        for (String perfect : List.of("perfect", "perfect-conditional")) {
            assertTrue(detectability(perfect).contains(0.5), perfect + " is not: " + detectability(perfect));
        }
    }

    private static Interval detectability(String generator) {
        return Objects.requireNonNull(results.generated().stream()
                .filter(each -> each.family().equals(generator))
                .findFirst()
                .flatMap(each -> each.metric(MetricKeys.DETECTABILITY))
                .orElseThrow()
                .ci95());
    }

    /** Where all malignant images that it saw had the mark, an arm of one class looks for the mark, and no photograph has one. */
    @Test
    void anArmOfOneClassLearnsTheMarkInPlaceOfTheLesion() {
        assertEquals(0, calledMalignant("marked:30+only"));
        assertTrue(calledMalignant("perfect:30+only") > 0, "the same without the mark");
    }

    private static int calledMalignant(String arm) {
        int[][] confusion = PhantomExperiment.arm(results, arm, 0).test().confusion();
        return confusion[0][1] + confusion[1][1];
    }

    private static PretrainedGenerator trained(Path run) {
        return PretrainedGenerator.of(
                run, new GeneratorZoo(List.of(new PhantomFamily("perfect", false), new PhantomFamily("marked", true))));
    }

    /** What it comes to where an experiment with this arm takes a generator over that was trained before. */
    private static void takeOver(PretrainedGenerator trained, String arm, boolean resplit) {
        Map<String, GeneratorSpec<?>> generators = new LinkedHashMap<>(options.generators());
        generators.put("marked-conditional", generator("marked", true));
        trained.check(
                phantoms.dataset(),
                options.with()
                        .arms(arms("none", arm, "real:6"))
                        .generators(generators)
                        .resplit(resplit)
                        .build());
    }

    private static void refuses(PretrainedGenerator trained, String arm, String... parts) {
        String message = assertThrows(UnusableInputException.class, () -> takeOver(trained, arm, false))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void aConditionalGeneratorThatWasTrainedBeforeServesArmsOfEveryClassAndOfOne() {
        PretrainedGenerator both = trained(out.resolve("generators/perfect-conditional"));
        assertEquals("perfect-conditional", both.name(arms("none", "perfect", "both:perfect")));
        assertEquals("perfect", both.name(arms("none", "perfect")));
        takeOver(both, "both:perfect", false);
        takeOver(both, "perfect", false);
        String message = assertThrows(UnusableInputException.class, () -> takeOver(both, "both:perfect", true))
                .getMessage();
        assertTrue(message.contains("each seed has a split of its own"), message);
    }

    @Test
    void oneThatDrawsOtherClassesIsRefused() throws IOException {
        PretrainedGenerator one = trained(out.resolve("generators/marked"));
        takeOver(one, "marked", false);
        refuses(one, "both:marked", "draws images of malignant", "both:marked needs a conditional one of every class");
        refuses(one, "both:perfect", "no arm needs one of its family (they need perfect-conditional)");
        Path other = changed("other-classes", List.of());
        ObjectNode config = (ObjectNode) Json.readTree(other.resolve("config.json"));
        config.put("class_name", "malignant,naevus")
                .putArray("classes")
                .add("malignant")
                .add("naevus");
        Json.write(other.resolve("config.json"), config);
        refuses(trained(other), "both:perfect", "draws images of malignant, naevus", "needs benign, too");
    }

    @Test
    void oneThatSawATestImageIsRefused() throws IOException {
        Path other = changed("test-image", List.of(phantoms.dataset().test().id(0)));
        for (String arm : List.of("both:perfect", "perfect")) {
            refuses(trained(other), arm, "1 of them not among");
        }
    }

    /** The conditional generator, as if it had seen these images, too. */
    private static Path changed(String name, List<String> ids) throws IOException {
        Path run = out.resolve("generators/perfect-conditional");
        Path changed = Files.createDirectories(folder.resolve(name));
        for (String file : List.of("config.json", "best.json")) {
            Files.copy(run.resolve(file), changed.resolve(file));
        }
        Path snapshots = Files.createDirectories(changed.resolve("checkpoints"));
        try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
            for (Path file : files.toList()) {
                Files.copy(file, snapshots.resolve(file.getFileName()));
            }
        }
        List<String> seen = new ArrayList<>(Files.readAllLines(run.resolve("training-ids.txt")));
        seen.addAll(ids);
        Files.write(changed.resolve("training-ids.txt"), seen);
        return changed;
    }

    @Test
    void theReportSaysWhatArmsOfOneClassConfound() {
        List<String> caveats = ArmCaveats.of(results);
        assertTrue(
                caveats.get(0).startsWith("In the arms marked:30+only, perfect:30+only the scarce class alone"),
                caveats.toString());
        assertTrue(caveats.get(1).startsWith("The real images that real:6 adds"), caveats.toString());
    }

    @Test
    void everyClassGetsImagesInTheRatioOfItsRealOnes() throws IOException {
        int benign = options.training(phantoms.dataset()).counts()[0];
        int malignant = options.training(phantoms.dataset()).counts()[1];
        for (String word : List.of("both:perfect@2", "both:perfect@2+shuffled")) {
            ArmResult both = PhantomExperiment.arm(results, word, 0);
            assertEquals(Map.of("benign", 3 * benign, "malignant", 3 * malignant), both.train());
            assertEquals(2 * (benign + malignant), both.synthetic());
        }
        ArmResult processed = PhantomExperiment.arm(results, "processed", 0);
        assertEquals(Map.of("benign", 2 * benign, "malignant", 2 * malignant), processed.train());
        assertEquals(0, processed.synthetic());
        assertTrue(Files.exists(out.resolve("generators/perfect-conditional/best.json")));
        assertEquals(
                List.of("benign", "malignant"),
                Json.read(out.resolve("generators/perfect-conditional/config.json"), Classes.class)
                        .classes());
        for (String each : List.of("benign", "malignant")) {
            assertTrue(Files.exists(out.resolve("synthetic/perfect-conditional/seed0/" + each + "/" + each
                    + "/synthetic-run-" + each + "-seed0-00000.png")));
        }
        assertEquals(2, new RunFiles(out).similarities("perfect-conditional").size(), "one for each class");
        assertTrue(
                results.leakage().stream().allMatch(Results.Check::holds),
                results.leakage().toString());
    }

    /** All else in the file is not asked for. */
    private record Classes(List<String> classes) {}

    @Test
    void realImagesThatAnArmAddsAreHeldOutOfAllElse() throws IOException {
        Set<String> all = new HashSet<>();
        phantoms.dataset().images().stream()
                .filter(image -> image.part().word().equals("train"))
                .forEach(image -> all.add(image.id()));
        Set<String> none = new TreeSet<>(PhantomExperiment.trainingIds(out, PhantomExperiment.arm(results, "none", 0)));
        Set<String> real =
                new TreeSet<>(PhantomExperiment.trainingIds(out, PhantomExperiment.arm(results, "real:6", 0)));
        assertEquals(all, real, "all that there is");
        assertEquals(all.size() - 6, none.size());
        Set<String> heldOut = new TreeSet<>(real);
        heldOut.removeAll(none);
        Set<String> learned =
                new HashSet<>(Files.readAllLines(out.resolve("generators/perfect-conditional/training-ids.txt")));
        assertEquals(none, new TreeSet<>(learned), "no generator saw them");
        assertEquals(0, PhantomExperiment.arm(results, "real:6", 0).synthetic());
        // About a third of the images are malignant: of 40 and 20 lesions.
        assertEquals(
                2d,
                (double) heldOut.stream().filter(id -> id.startsWith("PL_M")).count(),
                1d,
                heldOut.toString());
        ExperimentOptions without =
                options.with().arms(arms("none", "both:perfect@2")).build();
        String message = assertThrows(UnusableInputException.class, () -> phantoms.run(out, without, true))
                .getMessage();
        assertTrue(message.contains("with 6 real images held out") && message.contains("now 0"), message);
    }

    @Test
    void aRunFromBeforeImagesWentTheWayOfPhotographsIsResumedWithoutIt() throws IOException {
        ObjectNode config = (ObjectNode) Json.readTree(out.resolve("config.json"));
        config.withObject("/options").remove("match_acquisition");
        Json.write(out.resolve("config.json"), config);
        ExperimentOptions matched =
                options.with().additions(new Additions(null, 1, true)).build();
        String message = assertThrows(UnusableInputException.class, () -> phantoms.run(out, matched, true))
                .getMessage();
        assertTrue(message.contains("options.match_acquisition is false there and true now"), message);
        assertEquals(
                results.arms().stream().map(ArmResult::seconds).toList(),
                phantoms.run(out, options, true).arms().stream()
                        .map(ArmResult::seconds)
                        .toList(),
                "trained once");
    }

    @Test
    void aGainThatAControlShowsIsNotTheGenerators() {
        results.controls().forEach(finding -> {
            assertTrue(finding.gain() > 0, finding.toString());
            assertEquals(
                    finding.alsoThere(), finding.sentence().contains("is not the generator's"), finding.sentence());
            assertTrue(Results.read(out.resolve("results.json")).controls().contains(finding), "in the file");
        });
    }
}
