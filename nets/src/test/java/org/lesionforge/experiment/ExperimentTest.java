package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.TrainingCopies;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.run.Comparison;
import org.lesionforge.run.GeneratedImages;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.training.CheckpointPolicy;

/** Six arms, three seeds, on phantoms: what is trained, counted, checked and compared, and what a further start finds. */
final class ExperimentTest {
    private static final List<Arm> ARMS = Stream.of(
                    "none", "none+class-weights", "oversample", "classical", "dcgan", "dcgan+degraded+only")
            .map(Arm::of)
            .toList();

    @TempDir
    static Path folder;

    private static PhantomExperiment phantoms;
    private static Path run;
    private static Results results;

    @BeforeAll
    static void runOnce() throws IOException {
        phantoms = new PhantomExperiment(folder, PhantomExperiment.LIGHT);
        run = folder.resolve("run");
        results = phantoms.run(run, PhantomExperiment.options(ARMS, List.of(0L, 1L, 2L), false), false);
    }

    @Test
    void everyArmIsFittedWithEverySeed() {
        assertEquals(18, results.arms().size());
        for (ArmResult arm : results.arms()) {
            assertEquals(0, arm.steps(), "a layer that is fitted until it has converged takes no steps: " + arm.name());
        }
        assertEquals(6, results.summaries().size());
        assertEquals(List.of(0L, 1L, 2L), results.summaries().get(0).seeds());
    }

    @Test
    void trainingCountsByHand() throws IOException {
        int lacking = phantoms.benign() - phantoms.malignant();
        assertTrue(lacking > 0);
        for (long seed : List.of(0L, 1L, 2L)) {
            for (String word : List.of("none", "none+class-weights")) {
                ArmResult arm = PhantomExperiment.arm(results, word, seed);
                assertEquals(Map.of("benign", phantoms.benign(), "malignant", phantoms.malignant()), arm.train());
                assertEquals(0, arm.synthetic());
            }
            for (String word : List.of("oversample", "classical", "dcgan", "dcgan+degraded+only")) {
                assertEquals(
                        Map.of("benign", phantoms.benign(), "malignant", phantoms.benign()),
                        PhantomExperiment.arm(results, word, seed).train(),
                        word);
            }
            assertEquals(lacking, PhantomExperiment.arm(results, "dcgan", seed).synthetic());
            assertEquals(
                    new Results.Gate(phantoms.benign(), 0, 1),
                    PhantomExperiment.arm(results, "dcgan", seed)
                            .images()
                            .orElseThrow()
                            .gate());
            assertEquals(
                    phantoms.benign(),
                    PhantomExperiment.arm(results, "dcgan+degraded+only", seed).synthetic());
            List<String> copied =
                    PhantomExperiment.trainingIds(run, PhantomExperiment.arm(results, "oversample", seed));
            assertEquals(lacking, copied.stream().filter(TrainingCopies::isCopy).count());
            assertEquals(
                    Math.min(lacking, phantoms.malignant()),
                    copied.stream()
                            .filter(TrainingCopies::isCopy)
                            .map(TrainingCopies::originalOf)
                            .distinct()
                            .count());
            List<String> only =
                    PhantomExperiment.trainingIds(run, PhantomExperiment.arm(results, "dcgan+degraded+only", seed));
            assertEquals(
                    phantoms.benign(),
                    only.stream()
                            .filter(id -> id.startsWith("synthetic-run-seed" + seed))
                            .count());
        }
        assertNotEquals(
                PhantomExperiment.trainingIds(run, PhantomExperiment.arm(results, "dcgan", 0)),
                PhantomExperiment.trainingIds(run, PhantomExperiment.arm(results, "dcgan", 1)),
                "own draws");
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
        phantoms.run(run, PhantomExperiment.options(ARMS, List.of(0L, 1L, 2L), false), true);
        assertEquals(before, times());
        List<Arm> more = new ArrayList<>(ARMS);
        more.add(Arm.of("dcgan:3"));
        Results extended = phantoms.run(run, PhantomExperiment.options(more, List.of(0L, 1L), false), true);
        assertEquals(14, extended.arms().size());
        Map<Path, FileTime> after = times();
        before.forEach((file, time) -> assertEquals(time, after.get(file), file.toString()));
        assertEquals(before.size() + 2, after.size());
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> phantoms.run(run, PhantomExperiment.options(ARMS, List.of(0L), true), true))
                .getMessage();
        assertTrue(message.contains("other options"), message);
    }

    @Test
    void aRunOfVersion01IsResumedUnderItsOwnNames() throws IOException {
        Path old = folder.resolve("old");
        PhantomExperiment.copy(run, old);
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
        Results resumed = phantoms.run(old, PhantomExperiment.options(ARMS, List.of(0L, 1L, 2L), false), true);
        assertEquals(before, times(old), "nothing is trained again");
        for (ArmResult arm : resumed.arms()) {
            String word = arm.name();
            assertEquals("arms/" + names.getOrDefault(word, word) + "-seed" + arm.seed(), arm.folder());
            assertEquals(
                    Json.line(PhantomExperiment.arm(results, word, arm.seed()).test()),
                    Json.line(arm.test()),
                    arm.folder());
        }
        assertEquals(Json.line(results.comparisons()), Json.line(resumed.comparisons()));
        resumed.leakage().forEach(check -> assertTrue(check.holds(), check.toString()));

        // A trial that is missing is trained where the others of its arm are not disturbed.
        Files.delete(old.resolve("arms/class-weights-seed2/result.json"));
        Results again = phantoms.run(old, PhantomExperiment.options(ARMS, List.of(0L, 1L, 2L), false), true);
        assertEquals(
                "arms/class-weights-seed2",
                PhantomExperiment.arm(again, "none+class-weights", 2).folder());
        assertEquals(before.keySet(), times(old).keySet());
    }

    private static void rename(Path file, Map.Entry<String, String> name) throws IOException {
        Files.writeString(file, Files.readString(file).replace(name.getKey(), name.getValue()));
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
                sum += PhantomExperiment.arm(results, comparison.b(), seed)
                                .test()
                                .accuracy()
                        - PhantomExperiment.arm(results, "none", seed).test().accuracy();
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

    /** At the end its image is held against a real one. */
    @Test
    void anArmMayAddASingleImage() throws IOException {
        ExperimentOptions one = PhantomExperiment.options(List.of(Arm.NONE, Arm.of("dcgan:1")), List.of(0L), false);
        Results found = phantoms.run(folder.resolve("one"), one, false);
        assertEquals(1, PhantomExperiment.arm(found, "dcgan:1", 0).synthetic());
        GeneratedImages generated = found.generated().get(0);
        assertTrue(
                generated.missing().stream()
                        .anyMatch(each ->
                                each.key().equals("kid") && each.reason().contains("2 images on each side")),
                generated.missing().toString());
        assertEquals(List.of(), generated.findings(), "a single image has not collapsed");
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
        ExperimentOptions options =
                PhantomExperiment.options(List.of(Arm.NONE, Arm.of("oversample")), List.of(7L), false);
        Path out = folder.resolve("cached");
        try (PretrainedNetworks networks = phantoms.networks(listening);
                RunDirectory directory = RunDirectory.open(out, Map.of("options", options), false)) {
            new Experiment(phantoms.dataset(), options, networks, directory, CheckpointPolicy.DEFAULTS, listening)
                    .run(1);
        }
        assertTrue(computed.contains("fitting the last layer, L2"), computed.toString());
        assertFalse(computed.contains("features through random-for-tests"), computed.toString());
        assertTrue(Json.readTree(out.resolve("results.json")).get("summaries").size() == 2);
    }
}
