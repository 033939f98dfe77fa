package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesionforge.experiment.SmallFolds.ARMS;
import static org.lesionforge.experiment.SmallFolds.FOLDS;
import static org.lesionforge.experiment.SmallFolds.column;
import static org.lesionforge.experiment.SmallFolds.ids;
import static org.lesionforge.experiment.SmallFolds.networks;
import static org.lesionforge.experiment.SmallFolds.options;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.DatasetImage;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.ForwardingProgress;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.Measure;
import org.lesionforge.run.Comparison;
import org.lesionforge.run.FoldResults;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.arm.Arm;

/** Three folds of a small set, with two seeds, a tiny network and a tiny generator in each. */
final class FoldExperimentTest {
    @TempDir
    static Path folder;

    private static Dataset dataset;
    private static Path run;
    private static Results results;

    @BeforeAll
    static void runOnce() throws IOException {
        dataset = new PhantomExperiment(folder).dataset();
        run = folder.resolve("run").resolve("same-name");
        Files.createDirectories(run.getParent());
        results = run(run, options(), false, Progress.SILENT);
    }

    private static Results run(Path out, ExperimentOptions options, boolean resume, Progress progress)
            throws IOException {
        return SmallFolds.run(dataset, out, options, resume, progress);
    }

    private static Path arm(String word, long seed, int fold) {
        return run.resolve("arms/" + word + "-seed" + seed + "-fold" + fold);
    }

    private static Set<String> groups(Set<String> ids) {
        return dataset.images().stream()
                .filter(image -> ids.contains(image.id()))
                .map(DatasetImage::group)
                .collect(Collectors.toSet());
    }

    private static Set<String> both(Set<String> a, Set<String> b) {
        Set<String> both = new HashSet<>(a);
        both.retainAll(b);
        return both;
    }

    @Test
    void eachImageIsTestedOnceByEveryArmAndSeed() throws IOException {
        Set<String> all = dataset.images().stream().map(DatasetImage::id).collect(Collectors.toSet());
        for (String word : ARMS) {
            for (long seed : List.of(0L, 1L)) {
                List<String> tested = new ArrayList<>();
                for (int fold = 1; fold <= FOLDS; fold++) {
                    tested.addAll(column(arm(word, seed, fold).resolve("predictions-test.csv"), "id"));
                }
                assertEquals(all.size(), tested.size());
                assertEquals(all, new HashSet<>(tested));
            }
        }
        assertEquals(ARMS.size() * 2 * FOLDS, results.arms().size());
    }

    /** From the files alone: what the generator, the gate, the threshold's images and the classifier were given. */
    @Test
    void nothingOfTheTestImagesReachedWhatIsTestedOnThem() throws IOException {
        for (int fold = 1; fold <= FOLDS; fold++) {
            Set<String> test = ids(arm("none", 0, fold).resolve("predictions-test.csv"));
            Path split = run.resolve("splits/fold" + fold);
            Set<String> seen = new HashSet<>(Files.readAllLines(split.resolve("generators/dcgan/training-ids.txt")));
            assertTrue(seen.size() > 5, "it was trained on something");
            assertEquals(Set.of(), both(seen, test), "of the generator of fold " + fold);
            assertEquals(Set.of(), both(groups(seen), groups(test)), "nor another photograph of a lesion");
            for (long seed : List.of(0L, 1L)) {
                Set<String> nearest = new HashSet<>(
                        column(split.resolve("synthetic/dcgan/seed" + seed + "/similarity.csv"), "nearest"));
                assertTrue(seen.containsAll(nearest), "compared with images of its own fold alone");
                Set<String> drawn = new HashSet<>();
                for (String word : ARMS) {
                    Set<String> trained = new HashSet<>(
                            Files.readAllLines(arm(word, seed, fold).resolve("training-ids.txt")));
                    Set<String> validated = ids(arm(word, seed, fold).resolve("predictions-validation.csv"));
                    assertFalse(validated.isEmpty());
                    assertEquals(Set.of(), both(trained, test));
                    assertEquals(Set.of(), both(groups(trained), groups(test)));
                    assertEquals(Set.of(), both(validated, test));
                    assertEquals(Set.of(), both(groups(validated), groups(test)));
                    assertEquals(Set.of(), both(groups(validated), groups(trained)));
                    trained.stream().filter(id -> id.startsWith("synthetic-")).forEach(drawn::add);
                }
                String prefix = "synthetic-same-name-fold" + fold + "-seed" + seed + "-";
                assertTrue(!drawn.isEmpty() && drawn.stream().allMatch(id -> id.startsWith(prefix)), drawn.toString());
            }
        }
        results.leakage().forEach(check -> assertTrue(check.holds(), check.toString()));
        // Of each fold: groups, pixels, copies; two of the generator; images of two seeds; four of each of six trials,
        // one more of each of two with
        // drawn images. Of all folds: that each image was tested once.
        assertEquals(FOLDS * (3 + 2 + 2 + 6 * 4 + 2) + 1, results.leakage().size());
        assertTrue(
                results.leakage().get(0).check().startsWith("fold 1: no group"),
                results.leakage().get(0).check());
    }

    /** What the checks of a finished run say when a file of it was changed, and it is looked at again. */
    private static List<String> broken(String name, Path changed, String from, String to) throws IOException {
        Path out = folder.resolve(name).resolve("same-name");
        Files.createDirectories(out.getParent());
        PhantomExperiment.copy(run, out);
        Path file = out.resolve(run.relativize(changed).toString());
        String text = Files.readString(file);
        assertTrue(text.contains(from), from);
        Files.writeString(file, text.replaceFirst("(?m)^" + from + "(?=,|$)", to));
        return run(out, options(), true, Progress.SILENT).leakage().stream()
                .filter(check -> !check.holds())
                .map(Results.Check::check)
                .toList();
    }

    @Test
    void aLeakBetweenFoldsIsFound() throws IOException {
        Path generator = run.resolve("splits/fold1/generators/dcgan/training-ids.txt");
        String seen = Files.readAllLines(generator).get(0);
        String tested = ids(arm("none", 0, 1).resolve("predictions-test.csv"))
                .iterator()
                .next();
        assertEquals(
                List.of("fold 1: the GAN saw training images of class malignant only"),
                broken("seen", generator, seen, tested));

        Path trained = arm("dcgan", 0, 1).resolve("training-ids.txt");
        String drawn = "synthetic-same-name-fold1-seed0-00000";
        assertEquals(
                List.of("fold 1: arm dcgan, seed 0: its synthetic images were drawn by this fold's generator"),
                broken("drawn", trained, drawn, drawn.replace("fold1", "fold2")));

        String other = ids(arm("none", 0, 2).resolve("predictions-test.csv"))
                .iterator()
                .next();
        assertEquals(
                List.of(
                        "fold 1: arm none, seed 0: tested on exactly the real test images",
                        "each image was tested exactly once with each arm and seed, in one of the folds"),
                broken("tested", arm("none", 0, 1).resolve("predictions-test.csv"), tested, other));
    }

    /** Area under the ROC curve as a share of pairs, in loops. */
    private static double area(List<Path> tables) throws IOException {
        List<Double> positives = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        for (Path table : tables) {
            List<String> truth = column(table, "truth");
            List<String> score = column(table, "p_malignant");
            for (int i = 0; i < truth.size(); i++) {
                (truth.get(i).equals("malignant") ? positives : others).add(Double.parseDouble(score.get(i)));
            }
        }
        double won = 0;
        for (double positive : positives) {
            for (double other : others) {
                won += positive > other ? 1 : positive == other ? 0.5 : 0;
            }
        }
        return won / positives.size() / others.size();
    }

    @Test
    void figuresAreThoseOfThePooledPredictionsAndEachFoldsStandBeside() throws IOException {
        FoldResults folds = results.folds().orElseThrow();
        assertEquals(FOLDS, folds.count());
        assertEquals(ARMS.size() * 2, folds.pooled().size());
        Map<String, Double> means = new HashMap<>();
        for (FoldResults.Pooled pooled : folds.pooled()) {
            List<Path> tables = new ArrayList<>();
            double mean = 0;
            for (int fold = 1; fold <= FOLDS; fold++) {
                Path table = arm(pooled.name(), pooled.seed(), fold).resolve("predictions-test.csv");
                tables.add(table);
                assertEquals(area(List.of(table)), pooled.foldRocAuc().get(fold - 1), 1e-9);
                mean += area(List.of(table)) / FOLDS;
            }
            assertEquals(area(tables), pooled.test().rocAuc(), 1e-9);
            assertEquals(mean, pooled.meanFoldRocAuc(), 1e-9);
            assertEquals(dataset.images().size(), pooled.test().n());
            Path written = run.resolve(pooled.predictions());
            assertEquals(
                    dataset.images().stream().map(DatasetImage::id).toList(),
                    column(written, "id"),
                    "in the order of the data set");
            assertEquals(area(tables), area(List.of(written)), 1e-12);
            assertEquals(Set.of("1", "2", "3"), new HashSet<>(column(written, "fold")));
            means.merge(pooled.name(), area(tables) / 2, Double::sum);
        }
        for (Results.ArmSummary summary : results.summaries()) {
            assertEquals(
                    means.get(summary.name()),
                    summary.measures().get(Measure.ROC_AUC.word()).value(),
                    1e-9);
            assertEquals(
                    2 * FOLDS, summary.onValidation().orElseThrow().thresholds().size(), "of each seed and fold");
        }
        Comparison difference = results.comparisons().stream()
                .filter(each -> each.b().equals("dcgan") && each.metric().equals(Measure.ROC_AUC.word()))
                .findFirst()
                .orElseThrow();
        assertEquals(means.get("dcgan") - means.get("none"), difference.difference(), 1e-9);
        assertEquals(2, difference.overSeeds().orElseThrow().difference().n(), "folds are no seeds");
        assertEquals(
                (double) dataset.images().stream()
                                .filter(image -> image.label() == 0)
                                .count()
                        / dataset.images().size(),
                results.majorityGuess().orElseThrow().accuracy(),
                1e-12);
    }

    @Test
    void theFoldsPartsAreThoseThatWereTrainedOn() throws IOException {
        for (FoldResults.FoldParts fold : results.folds().orElseThrow().divisions()) {
            Path none = arm("none", 0, fold.fold());
            int train = fold.parts().get("train").values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            assertEquals(
                    train, Files.readAllLines(none.resolve("training-ids.txt")).size());
            int test = fold.parts().get("test").values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            assertEquals(
                    test, column(none.resolve("predictions-test.csv"), "id").size());
            int validation = fold.parts().get("validation").values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            assertEquals(
                    validation,
                    column(none.resolve("predictions-validation.csv"), "id").size());
        }
        for (ArmResult arm : results.arms()) {
            ArmResult none = results.arms().stream()
                    .filter(other -> other.name().equals("none") && other.fold().equals(arm.fold()))
                    .findFirst()
                    .orElseThrow();
            assertEquals(none.steps(), arm.steps(), "the same budget for every arm of a fold");
            double shown = 2.0
                    * none.train().values().stream().mapToInt(Integer::intValue).sum();
            double all =
                    arm.train().values().stream().mapToInt(Integer::intValue).sum();
            assertEquals(shown / all, arm.realEpochs().orElseThrow(), 1e-9);
            assertTrue(
                    arm.folder()
                            .endsWith(
                                    "-seed" + arm.seed() + "-fold" + arm.fold().orElseThrow()),
                    arm.folder());
        }
    }

    /** Requests a cancellation when it is told something. */
    private static Progress cancelledAt(String message) {
        Cancellation token = new Cancellation();
        return new ForwardingProgress(Progress.SILENT.cancelledBy(token)) {
            @Override
            public void message(String text) {
                if (text.contains(message)) {
                    token.request();
                }
            }
        };
    }

    /** All files but those that tell the time, or the checksum of one that does. */
    private static Map<String, String> contents(Path of) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = of.relativize(file).toString();
                if (!name.matches("seconds.txt|results.json|audit/.*|.*/state-[0-9]+.json")) {
                    contents.put(
                            name,
                            Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .replaceAll("\"seconds\" ?: ?[0-9.E-]+", ""));
                }
            }
        }
        return contents;
    }

    @Test
    void stoppedInTheMidstOfAFoldItComesToTheSameBytes() throws IOException {
        Path out = folder.resolve("stopped").resolve("same-name");
        Files.createDirectories(out.getParent());
        assertThrows(
                InterruptedRunException.class,
                () -> run(out, options(), false, cancelledAt("arm oversample, seed 0, fold 2: training")));
        assertTrue(Files.exists(out.resolve("arms/none-seed0-fold2/result.json")));
        assertFalse(Files.exists(out.resolve("arms/oversample-seed0-fold2/result.json")));
        // In the second fold's generator, of which none is there yet.
        assertThrows(
                InterruptedRunException.class,
                () -> run(out, options(), true, new StopAtSecond("training the GAN, images")));
        assertTrue(Files.exists(out.resolve("splits/fold1/generators/dcgan/best.json")));
        assertTrue(Files.exists(out.resolve("splits/fold2/generators/dcgan/config.json")));
        assertFalse(Files.exists(out.resolve("splits/fold2/generators/dcgan/best.json")));
        assertThrows(InterruptedRunException.class, () -> run(out, options(), true, cancelledAt("drawing ")));
        assertThrows(
                InterruptedRunException.class,
                () -> run(out, options(), true, cancelledAt("arm dcgan, seed 1, fold 3: training")));
        assertTrue(Files.exists(out.resolve("arms/dcgan-seed1-fold2/result.json")));
        Results resumed = run(out, options(), true, Progress.SILENT);
        assertEquals(contents(run).keySet(), contents(out).keySet());
        Map<String, String> stopped = contents(out);
        contents(run).forEach((name, content) -> assertTrue(content.equals(stopped.get(name)), name));
        assertEquals(Json.line(results.summaries()), Json.line(resumed.summaries()));
        assertEquals(Json.line(results.comparisons()), Json.line(resumed.comparisons()));
        assertEquals(Json.line(results.folds()), Json.line(resumed.folds()));
    }

    /** Requests its cancellation in the first epoch of a task that is done for the second time. */
    private static final class StopAtSecond extends ForwardingProgress {
        private final String task;
        private final Cancellation token;
        private int times;

        StopAtSecond(String task) {
            this(task, new Cancellation());
        }

        private StopAtSecond(String task, Cancellation token) {
            super(Progress.SILENT.cancelledBy(token));
            this.task = task;
            this.token = token;
        }

        @Override
        public void advance(String name, long done, long total, String detail) {
            if (name.equals(task) && (detail + ",").startsWith("epoch 1,") && ++times == 2) {
                token.request();
            }
        }
    }

    @Test
    void whatDoesNotServeFoldsIsRefused() throws IOException {
        ExperimentOptions many = options().with().folds(15).build();
        try (PretrainedNetworks networks = networks()) {
            String message = assertThrows(UnusableInputException.class, () -> Experiment.check(dataset, many, networks))
                    .getMessage();
            assertTrue(message.contains("group(s), too few for --folds 15"), message);
            Experiment.check(dataset, options(), networks);
        }
        assertThrows(
                IllegalArgumentException.class, () -> options().with().folds(1).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> options().with().resplit(true).build());
        assertThrows(IllegalArgumentException.class, () -> options()
                .with()
                .arms(List.of(Arm.NONE, Arm.of("external:x")))
                .build());
    }
}
