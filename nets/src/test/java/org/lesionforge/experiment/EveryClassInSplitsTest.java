package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.experiment.arm.Additions;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.arm.Arm;

/** Images of every class where each fold, or each seed, has a split of its own: its conditional generator sees the training part of that split alone. */
final class EveryClassInSplitsTest {
    private static final String ARM = "both:perfect";
    private static final String GENERATOR = "perfect-conditional";

    @TempDir
    static Path folder;

    private static PhantomExperiment phantoms;

    @BeforeAll
    static void prepare() throws IOException {
        phantoms = new PhantomExperiment(folder, new PhantomOptions(10, 8, 0, 80, 3), PhantomExperiment.LIGHT);
    }

    private static ExperimentOptions options(List<Long> seeds, boolean resplit) {
        return PhantomExperiment.options(List.of(Arm.NONE), seeds, resplit)
                .with()
                .arms(Stream.of("none", ARM).map(Arm::of).toList())
                .generators(Map.of(
                        GENERATOR,
                        new PhantomFamily("perfect", false).preset("paper").common(common -> common.size(
                                        PhantomFamily.SIDE)
                                .batch(4)
                                .epochs(1)
                                .snapshotEvery(1))))
                .additions(new Additions(null, 1, false))
                .build();
    }

    private static Set<String> ids(LabelledImages part) {
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < part.size(); i++) {
            ids.add(part.id(i));
        }
        return ids;
    }

    /** A split's generator, its images and what they were added to. */
    private static void check(Results results, ArmResult arm, Dataset split, Path files) throws IOException {
        assertEquals(
                ids(split.training()),
                new TreeSet<>(Files.readAllLines(files.resolve("generators/" + GENERATOR + "/training-ids.txt"))));
        int[] real = split.training().counts();
        assertEquals(Map.of("benign", 2 * real[0], "malignant", 2 * real[1]), arm.train());
        assertEquals(real[0] + real[1], arm.synthetic());
        for (int c = 0; c < 2; c++) {
            String name = split.classes().get(c);
            Path drawn = files.resolve("synthetic/" + GENERATOR + "/seed" + arm.seed() + "/" + name + "/" + name);
            try (Stream<Path> images = Files.list(drawn)) {
                assertEquals(real[c], images.count(), drawn.toString());
            }
        }
        assertTrue(
                results.leakage().stream().allMatch(Results.Check::holds),
                results.leakage().toString());
    }

    @Test
    void eachFoldHasAConditionalGeneratorThatHasNotSeenWhatItTests() throws IOException {
        ExperimentOptions options = options(List.of(0L), false).with().folds(2).build();
        Path out = folder.resolve("folds");
        Results results = phantoms.run(out, options, false);
        List<Dataset> splits = new Splits(phantoms.dataset(), options).all();
        Set<String> tested = new HashSet<>();
        for (ArmResult arm : results.arms()) {
            if (arm.name().equals(ARM)) {
                int fold = arm.fold().orElseThrow();
                check(results, arm, splits.get(fold - 1), out.resolve("splits/fold" + fold));
                tested.addAll(ids(splits.get(fold - 1).test()));
            }
        }
        assertEquals(phantoms.dataset().images().size(), tested.size());
    }

    /** Of three malignant images two are trained on where the source says so, and one where each part gets one. */
    @Test
    void aSplitThatAGeneratorCannotLearnIsRefusedBeforeAnyIsTrained() throws IOException {
        List<String> rows = new ArrayList<>(List.of("m0,malignant,m0,train", "m1,malignant,m1,train"));
        rows.addAll(List.of("m2,malignant,m2,test", "b0,benign,b0,test", "b1,benign,b1,validation"));
        IntStream.range(2, 8).forEach(i -> rows.add("b" + i + ",benign,b" + i + ",train"));
        Dataset dataset =
                SmallDataset.prepare(Files.createDirectories(folder.resolve("few")), rows, "png", PhantomFamily.SIDE);
        try (PretrainedNetworks networks = phantoms.networks()) {
            Experiment.check(dataset, options(List.of(0L), false), networks);
            String message = assertThrows(
                            UnusableInputException.class,
                            () -> Experiment.check(dataset, options(List.of(0L), true), networks))
                    .getMessage();
            assertTrue(message.contains("needs at least two training images of each class"), message);
        }
    }

    @Test
    void aDataSetOfOneClassIsRefusedWithWhatIsMissing() throws IOException {
        Dataset dataset = SmallDataset.prepare(
                Files.createDirectories(folder.resolve("one")),
                List.of("b0,benign,b0,train", "b1,benign,b1,train", "b2,benign,b2,validation", "b3,benign,b3,test"),
                "png",
                PhantomFamily.SIDE);
        ExperimentOptions usual = options(List.of(0L), false);
        ExperimentOptions alone = usual.with()
                .arms(List.of(Arm.NONE))
                .classifier(usual.classifier().with().positive("benign").build())
                .build();
        try (PretrainedNetworks networks = phantoms.networks()) {
            String message = assertThrows(
                            UnusableInputException.class, () -> Experiment.check(dataset, alone, networks))
                    .getMessage();
            assertTrue(
                    message.endsWith(dataset.folder() + " has the classes [benign] and 2 training images; prepare it"
                            + " again with images of another class"),
                    message);
        }
    }

    @Test
    void eachSeedOfAResplitHasAConditionalGeneratorOfItsOwn() throws IOException {
        Path out = folder.resolve("resplit");
        Results results = phantoms.run(out, options(List.of(0L, 1L), true), false);
        for (long seed : List.of(0L, 1L)) {
            check(
                    results,
                    PhantomExperiment.arm(results, ARM, seed),
                    phantoms.dataset().resplit(seed),
                    out.resolve("splits/seed" + seed));
        }
    }
}
