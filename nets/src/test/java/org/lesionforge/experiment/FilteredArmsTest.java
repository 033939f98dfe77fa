package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.StopAfter;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.synthetic.SyntheticManifest;
import org.lesionforge.experiment.arm.FilterProof;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.SyntheticWriter;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.CsvTable;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.report.ArmCaveats;
import org.lesionforge.run.FilterRecord;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.DrawnSet;
import org.lesionforge.run.arm.FilteredClass;
import org.lesionforge.torch.Compute;

/** Arms whose images the classifier of arm {@code none} chose, with a generator that draws phantoms anew. */
final class FilteredArmsTest {
    private static final String FILTERED = "both:perfect@1+filtered";
    private static final DrawnSet SET = new DrawnSet("perfect-conditional", true);

    @TempDir
    static Path folder;

    private static PhantomExperiment phantoms;
    private static Results results;
    private static ExperimentOptions options;
    private static Path out;

    private static List<Arm> arms(String... words) {
        return Stream.of(words).map(Arm::of).toList();
    }

    @BeforeAll
    static void run() throws IOException {
        phantoms = new PhantomExperiment(folder, new PhantomOptions(24, 14, 0.1, 80, 3), ToyBackbone.ARCHITECTURE);
        GeneratorSpec<?> perfect = new PhantomFamily("perfect", false)
                .preset("paper")
                .common(common ->
                        common.size(PhantomFamily.SIDE).batch(32).epochs(1).snapshotEvery(1));
        options = PhantomExperiment.options(List.of(Arm.NONE), List.of(0L), false)
                .with()
                .arms(arms("none", FILTERED, FILTERED + "+shuffled", "both:perfect@0.5"))
                .generators(Map.of("perfect-conditional", perfect))
                .build();
        out = folder.resolve("run");
        results = phantoms.run(out, options, false);
    }

    private static Path set(Path of, String className) {
        return of.resolve("synthetic/perfect-conditional+filtered/seed0").resolve(className);
    }

    private static double[] column(Path table, String name) {
        List<Double> values = new ArrayList<>();
        CsvTable.forEach(table, row -> values.add(row.number(name)));
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<String> verdicts(Path table) {
        List<String> verdicts = new ArrayList<>();
        CsvTable.forEach(table, row -> verdicts.add(row.text("verdict")));
        return verdicts;
    }

    @Test
    void whatIsKeptIsWhatBothThresholdsAllow() {
        ArmResult arm = PhantomExperiment.arm(results, FILTERED, 0);
        assertEquals(2, arm.images().orElseThrow().filtered().size());
        for (FilteredClass counted : arm.images().orElseThrow().filtered()) {
            Path files = set(out, counted.className());
            FilterRecord record = FilterRecord.read(files);
            assertEquals(record.images(), counted);
            double[] confidences = column(files.resolve("filter.csv"), "confidence");
            double[] distances = column(files.resolve("filter.csv"), "distance");
            List<String> verdicts = verdicts(files.resolve("filter.csv"));
            List<Integer> kept = IntStream.range(0, verdicts.size())
                    .filter(i -> confidences[i] >= counted.leastConfidence() - 1e-6
                            && distances[i] <= counted.greatestDistance() + 1e-6)
                    .boxed()
                    .toList();
            assertEquals(
                    kept,
                    SyntheticManifest.read(files).lines().stream()
                            .map(line -> Integer.parseInt(line.path().replaceAll(".*-(\\d+)\\.png", "$1")))
                            .toList(),
                    "the images that are there");
            assertEquals(counted.kept(), kept.size());
            assertEquals(counted.drawn(), verdicts.size());
            assertEquals(
                    counted.drawn(),
                    counted.kept() + counted.nearCopies() + counted.belowConfidence() + counted.beyondDistance());
            assertTrue(counted.drawn() > counted.kept(), "some were turned away: " + counted);
        }
        String sentence = ArmCaveats.of(results).stream()
                .filter(each -> each.startsWith("Of "))
                .findFirst()
                .orElseThrow();
        FilteredClass benign = arm.images().orElseThrow().filtered().get(0);
        assertTrue(
                sentence.startsWith("Of " + benign.drawn() + " images of class benign drawn for " + FILTERED
                        + " the classifier of arm none kept " + benign.kept()),
                sentence);
    }

    @Test
    void thresholdsAreTheTenthsOfTheValidationImages() {
        Dataset shown = phantoms.dataset().through(PhantomFamily.SIDE);
        try (Classifier judge =
                Classifier.open(out.resolve("arms/none-seed0"), ToyBackbone.ZOO, Compute.cpu(), Progress.SILENT)) {
            for (int label = 0; label < 2; label++) {
                String name = shown.classes().get(label);
                HeldOutPart validation = shown.validation().ofClass(name);
                double[][] probabilities =
                        judge.predict(validation, Progress.SILENT).probabilities();
                int of = label;
                double[] sorted = Arrays.stream(probabilities)
                        .mapToDouble(row -> row[of])
                        .sorted()
                        .toArray();
                double position = 0.1 * (sorted.length - 1);
                int below = (int) position;
                double expected = sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
                FilterRecord record = FilterRecord.read(set(out, name));
                assertEquals(expected, record.images().leastConfidence(), 1e-9);
                assertEquals(
                        IntStream.range(0, validation.size())
                                .mapToObj(validation::id)
                                .toList(),
                        record.validationIds());
                assertEquals(judge.card().modelSha256(), record.judge().modelSha256());
                assertEquals("arms/none-seed0", record.judge().folder());
            }
        }
    }

    @Test
    void filteredImagesAreThoseOfTheSameDrawsAndNothingLeaks() throws IOException {
        int inBoth = 0;
        for (String name : phantoms.dataset().classes()) {
            Path all = out.resolve("synthetic/perfect-conditional/seed0")
                    .resolve(name)
                    .resolve(name);
            Path chosen = set(out, name).resolve(name);
            try (Stream<Path> files = Files.list(all)) {
                for (Path file : files.filter(file -> Files.exists(chosen.resolve(file.getFileName())))
                        .toList()) {
                    assertEquals(-1, Files.mismatch(file, chosen.resolve(file.getFileName())), file.toString());
                    inBoth++;
                }
            }
        }
        assertTrue(inBoth > 0, "some images are in both sets");
        assertTrue(
                results.leakage().stream().allMatch(Results.Check::holds),
                results.leakage().toString());
        assertEquals(
                6,
                results.leakage().stream()
                        .filter(check -> check.check().contains("the filter's "))
                        .count(),
                "three of each class");
        assertEquals(
                Set.of("perfect-conditional", "perfect-conditional+filtered"),
                new HashSet<>(
                        results.generated().stream().map(each -> each.family()).toList()));
        assertEquals(
                PhantomExperiment.trainingIds(out, PhantomExperiment.arm(results, FILTERED, 0)),
                PhantomExperiment.trainingIds(out, PhantomExperiment.arm(results, FILTERED + "+shuffled", 0)));
    }

    @Test
    void aTestImageAmongTheThresholdsIsFoundOut() throws IOException {
        Path copy = folder.resolve("leaky");
        Files.createDirectories(copy);
        FilterRecord record = FilterRecord.read(set(out, "malignant"));
        List<String> ids = new ArrayList<>(record.validationIds());
        ids.set(0, phantoms.dataset().test().id(0));
        Json.write(
                copy.resolve("filter.json"),
                new FilterRecord(
                        1,
                        record.judge(),
                        record.through(),
                        record.confidenceQuantile(),
                        record.distanceQuantile(),
                        record.trainingImages(),
                        ids,
                        record.images()));
        List<Results.Check> checks = FilterProof.of(SET, 0, copy, phantoms.dataset(), out);
        assertEquals(
                List.of(false, true, true),
                checks.stream().map(Results.Check::holds).toList());
        assertTrue(checks.get(0).detail().endsWith("1 of them not in the validation part, 1 in the test part"));
        assertEquals(List.of(), FilterProof.of(new DrawnSet("perfect", false), 0, copy, phantoms.dataset(), out));
    }

    private static Map<String, String> bytes(Path of) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(of)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(of.relativize(file).toString(), Sha256.of(file));
            }
        }
        return files;
    }

    @Test
    void aRunThatWasStoppedAmidTheChoiceComesToTheSameBytes() throws IOException {
        Path stopped = folder.resolve("stopped/run");
        ExperimentOptions fewer = options.with().arms(arms("none", FILTERED)).build();
        String message = assertThrows(
                        InterruptedRunException.class,
                        () -> phantoms.run(stopped, fewer, false, 1, new StopAfter("drawing synthetic images", 3)))
                .getMessage();
        assertTrue(message.startsWith("stopped: drawing synthetic images 3/"), message);
        assertFalse(Files.exists(set(stopped, "benign").resolve("filter.json")));
        phantoms.run(stopped, fewer, true);
        assertEquals(bytes(set(out, "benign")), bytes(set(stopped, "benign")));
        assertEquals(bytes(set(out, "malignant")), bytes(set(stopped, "malignant")));
    }

    @Test
    void aClassifierWithoutWeightsCannotChoose() throws IOException {
        Path lean = folder.resolve("lean/run");
        Files.createDirectories(lean.getParent());
        PhantomExperiment.copy(out, lean);
        Files.delete(lean.resolve("arms/none-seed0/model.json"));
        Path done = lean.resolve("arms/both-perfect@1+filtered-seed0/result.json");
        Files.delete(done);
        String message = assertThrows(UnusableInputException.class, () -> phantoms.run(lean, options, true))
                .getMessage();
        assertTrue(message.contains("none-seed0 has no weights") && message.contains(FILTERED), message);
        assertFalse(Files.exists(done));
    }

    @Test
    void anArmWithoutAChoosingClassifierOrValidationIsRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> options.with().arms(arms("oversample", FILTERED)).build())
                .getMessage();
        assertTrue(message.contains("by the classifier of the arm none, which is not among --arms"), message);
        message = assertThrows(
                        IllegalArgumentException.class,
                        () -> options.with().protocol(Protocol.PAPER).build())
                .getMessage();
        assertTrue(message.contains("--protocol paper has none"), message);
    }

    @Test
    @Tag("slow")
    void whereNearlyAllAreTurnedAwayTheReasonIsTheAdmissions() {
        GeneratorRun generator = GeneratorRun.open(out.resolve("generators/perfect-conditional"), options.zoo());
        SyntheticWriter writer = new SyntheticWriter(
                generator,
                generator.config().learned().drawn(Optional.of("malignant")),
                generator.best().snapshot(),
                0,
                Compute.cpu(),
                Progress.SILENT);
        SyntheticWriter.Admission none = new SyntheticWriter.Admission() {
            @Override
            public boolean[] admits(List<RgbImage> images) {
                return new boolean[images.size()];
            }

            @Override
            public String turnedAway() {
                return "the filter turned the others away";
            }
        };
        String message = assertThrows(
                        UnusableInputException.class, () -> writer.write(folder.resolve("few"), "few", 5, none))
                .getMessage();
        assertTrue(message.startsWith("of 640 images drawn from "), message);
        assertTrue(message.endsWith(" only 0 may be used, the filter turned the others away"), message);
    }
}
