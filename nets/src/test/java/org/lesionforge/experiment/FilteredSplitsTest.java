package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.synthetic.SyntheticManifest;
import org.lesionforge.experiment.arm.Additions;
import org.lesionforge.io.Progress;
import org.lesionforge.io.json.Json;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.run.FilterRecord;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;

/** Filtered arms where each fold or seed has a split of its own, and where several networks are trained: whose classifier chooses, and by what. */
final class FilteredSplitsTest {
    private static final String ARM = "both:perfect@1+filtered";
    private static final String SET = "synthetic/perfect-conditional+filtered";

    /** The toy under another name, with other fresh weights. */
    private static final Architecture OTHER = new Architecture(
            "toy-too",
            "Toy too",
            ToyBackbone.ARCHITECTURE.side(),
            ToyBackbone.ARCHITECTURE.smallestSide(),
            ToyBackbone.ARCHITECTURE.inputs(),
            ToyBackbone.ARCHITECTURE.featureLayers(),
            ToyBackbone.ARCHITECTURE.middle(),
            ToyBackbone.ARCHITECTURE.variants(),
            ToyBackbone.ARCHITECTURE.footprint(),
            ToyBackbone.ARCHITECTURE.auxiliaryWeight(),
            ToyBackbone.ARCHITECTURE.names(),
            ToyBackbone.ARCHITECTURE.recognition(),
            (options, seed) -> ToyBackbone.ARCHITECTURE.factory().create(options, seed.of("too")));

    @TempDir
    static Path folder;

    private static Dataset dataset;

    @BeforeAll
    static void prepare() throws IOException {
        dataset =
                new PhantomExperiment(folder, new PhantomOptions(24, 18, 0, 80, 3), ToyBackbone.ARCHITECTURE).dataset();
    }

    private static ExperimentOptions options(List<Long> seeds, boolean resplit) {
        return PhantomExperiment.options(List.of(Arm.NONE), seeds, resplit)
                .with()
                .arms(Stream.of("none", ARM).map(Arm::of).toList())
                .generators(Map.of(
                        "perfect-conditional",
                        new PhantomFamily("perfect", false).preset("paper").common(common -> common.size(
                                        PhantomFamily.SIDE)
                                .batch(4)
                                .epochs(1)
                                .snapshotEvery(1))))
                .additions(new Additions(null, 1, false))
                .classifier(SmallFolds.classifier())
                .build();
    }

    private static Results run(Path out, ExperimentOptions options, boolean resume, Architecture... classifiers)
            throws IOException {
        try (PretrainedNetworks networks = new PretrainedNetworks(
                        new BackboneZoo(List.of(ToyBackbone.ARCHITECTURE, OTHER)),
                        Stream.of(classifiers)
                                .map(each -> new TrainedNetwork(each, Optional.empty()))
                                .toList(),
                        Optional.empty(),
                        Optional.empty(),
                        Compute.cpu(),
                        Progress.SILENT);
                RunDirectory directory = RunDirectory.open(out, Map.of("options", options), resume)) {
            Experiment experiment =
                    new Experiment(dataset, options, networks, directory, CheckpointPolicy.DEFAULTS, Progress.SILENT);
            experiment.acceptBadGenerator();
            return experiment.run(1);
        }
    }

    private static List<ArmResult> filtered(Results results) {
        return results.arms().stream().filter(arm -> arm.name().equals(ARM)).toList();
    }

    private static List<String> trainedOn(Path out, ArmResult arm) throws IOException {
        return Files.readAllLines(out.resolve(arm.folder()).resolve("training-ids.txt"));
    }

    /** That the classifier of {@code none} in the same split chose, by validation images of that split. */
    private static void check(Path out, ArmResult arm, Dataset split, Path sets, String judge) throws IOException {
        List<String> trained = trainedOn(out, arm);
        for (String name : split.classes()) {
            Path set = sets.resolve("seed" + arm.seed()).resolve(name);
            FilterRecord record = FilterRecord.read(set);
            HeldOutPart validation = split.validation().ofClass(name);
            assertEquals(judge, record.judge().folder());
            assertEquals(
                    Classifier.card(out.resolve(judge)).modelSha256(),
                    record.judge().modelSha256());
            assertEquals(
                    IntStream.range(0, validation.size())
                            .mapToObj(validation::id)
                            .toList(),
                    record.validationIds());
            assertEquals(split.training().ofClass(name).size(), record.trainingImages());
            assertTrue(trained.containsAll(kept(set)), "what was kept was trained on");
            assertEquals(split.training().ofClass(name).size(), record.images().kept());
        }
    }

    private static List<String> kept(Path set) {
        return SyntheticManifest.read(set).lines().stream()
                .map(line -> line.path().replaceAll(".*/", "").replace(".png", ""))
                .toList();
    }

    /** Three checks of each class of each split. */
    private static void proved(Results results, int splits) {
        assertEquals(
                List.of(),
                results.leakage().stream().filter(check -> !check.holds()).toList());
        assertEquals(
                3L * 2 * splits,
                results.leakage().stream()
                        .filter(check -> check.check().contains("the filter's "))
                        .count());
    }

    @Test
    @Tag("slow")
    void inEachFoldItsOwnClassifierChoosesAndAgainTheSameWhenThatIsLost() throws IOException {
        ExperimentOptions options = options(List.of(0L), false).with().folds(2).build();
        Path out = folder.resolve("folds/run");
        Files.createDirectories(out.getParent());
        Results results = run(out, options, false, ToyBackbone.ARCHITECTURE);
        List<Dataset> splits = new Splits(dataset, options).all();
        assertEquals(2, filtered(results).size());
        for (ArmResult arm : filtered(results)) {
            int fold = arm.fold().orElseThrow();
            Path sets = out.resolve("splits/fold" + fold).resolve(SET);
            check(out, arm, splits.get(fold - 1), sets, "arms/none-seed0-fold" + fold);
        }
        proved(results, 2);

        // As if the second fold's choice had been killed in its midst: what marks it as whole and what came after are
        // gone.
        ArmResult second = filtered(results).get(1);
        Path set = out.resolve("splits/fold2").resolve(SET).resolve("seed0/malignant");
        List<String> before = trainedOn(out, second);
        List<String> kept = kept(set);
        Files.delete(set.resolve("similarity.csv"));
        Files.delete(out.resolve("results.json"));
        Files.delete(out.resolve(second.folder()).resolve("result.json"));
        Results again = run(out, options, true, ToyBackbone.ARCHITECTURE);
        assertEquals(kept, kept(set));
        assertEquals(before, trainedOn(out, second));
        assertEquals(Json.line(second.test()), Json.line(filtered(again).get(1).test()));
        proved(again, 2);
    }

    @Test
    void withASplitOfEachSeedItsOwnClassifierChooses() throws IOException {
        ExperimentOptions options = options(List.of(0L, 1L), true);
        Path out = folder.resolve("resplit/run");
        Files.createDirectories(out.getParent());
        Results results = run(out, options, false, ToyBackbone.ARCHITECTURE);
        assertEquals(2, filtered(results).size());
        for (ArmResult arm : filtered(results)) {
            Path sets = out.resolve("splits/seed" + arm.seed()).resolve(SET);
            check(out, arm, dataset.resplit(arm.seed()), sets, "arms/none-seed" + arm.seed());
        }
        proved(results, 2);
    }

    @Test
    void ofSeveralNetworksTheFirstOnesClassifierChoosesForAll() throws IOException {
        ExperimentOptions options = options(List.of(0L), false);
        Path out = folder.resolve("several/run");
        Files.createDirectories(out.getParent());
        Results results = run(out, options, false, ToyBackbone.ARCHITECTURE, OTHER);
        List<ArmResult> both = filtered(results);
        assertEquals(
                List.of("toy", "toy-too"),
                both.stream().map(ArmResult::classifier).toList());
        ArmResult first = results.arms().stream()
                .filter(arm -> arm.name().equals("none") && arm.classifier().equals("toy"))
                .findFirst()
                .orElseThrow();
        for (ArmResult arm : both) {
            check(out, arm, dataset, out.resolve(SET), first.folder());
        }
        assertEquals(trainedOn(out, both.get(0)), trainedOn(out, both.get(1)));
        assertNotEquals(
                Json.line(both.get(0).test()),
                Json.line(both.get(1).test()),
                "of the same images two networks make something else");
        proved(results, 1);
    }
}
