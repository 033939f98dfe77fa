package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.io.Sha256;
import org.lesionforge.run.PredictionsFile;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.Results.Check;
import org.lesionforge.run.arm.Arm;

/** Every kind of leak, planted by hand, is found; a clean run is not accused. */
final class LeakageProofTest {
    private static final List<String> TEST_IDS = List.of("b4", "m4");

    @TempDir
    Path folder;

    private Dataset dataset;
    private GeneratorRun gan;
    private String splitOfArm;

    @BeforeEach
    void prepare() throws IOException {
        dataset = SmallDataset.prepare(
                folder,
                List.of(
                        "b1,benign,g1,train",
                        "b2,benign,g2,train",
                        "b3,benign,g2,train",
                        "m1,malignant,g3,train",
                        "m2,malignant,g4,train",
                        "m3,malignant,g5,validation",
                        "b4,benign,g6,test",
                        "m4,malignant,g7,test"));
        splitOfArm = dataset.manifest().split().sha256();
        gan = GeneratorRun.create(
                folder.resolve("gan"), dataset.training().ofClass("malignant"), "malignant", Dcgan.PAPER);
    }

    private static PredictionsFile predictions(List<String> ids) {
        return new PredictionsFile(
                List.of("benign", "malignant"), "malignant", ids, ids, new int[ids.size()], new double[ids.size()][2]);
    }

    /** An arm of three benign and two malignant real images and one synthetic one. */
    private List<String> broken(Dataset data, List<String> trainingIds, int synthetic, List<String> tested) {
        return broken(
                data, Arm.of("dcgan"), Map.of("benign", 3, "malignant", 2 + synthetic), trainingIds, synthetic, tested);
    }

    private List<String> broken(
            Dataset data,
            Arm name,
            Map<String, Integer> train,
            List<String> trainingIds,
            int synthetic,
            List<String> tested) {
        ArmResult arm = new ArmResult(
                name.word(),
                "inception-v3",
                "title",
                0,
                Optional.empty(),
                synthetic,
                train,
                10,
                Optional.empty(),
                1,
                null,
                Optional.empty(),
                1,
                "arms/dcgan-seed0",
                1);
        LeakageProof proof = new LeakageProof(data, false);
        proof.gan("GAN", gan, data.training());
        TrainingPart real = name.only() ? data.training().withoutClass("malignant") : data.training();
        proof.arm(arm, new LeakageProof.Written(trainingIds, splitOfArm, predictions(tested)), real);
        assertEquals(8, proof.checks().size());
        return proof.checks().stream()
                .filter(check -> !check.holds())
                .map(Check::check)
                .toList();
    }

    private static List<String> trainingIds(String... more) {
        List<String> ids = new ArrayList<>(List.of("b1", "b2", "b3", "m1", "m2"));
        ids.addAll(List.of(more));
        return ids;
    }

    private static void assertOne(String words, List<String> broken) {
        assertEquals(1, broken.size(), broken.toString());
        assertTrue(broken.get(0).contains(words), broken.toString());
    }

    @Test
    void aCleanRunIsClean() {
        assertEquals(List.of(), broken(dataset, trainingIds("synthetic-run-00000"), 1, TEST_IDS));
    }

    @Test
    void aGanThatSawAnotherPartOrClassIsFound() throws IOException {
        for (String foreign : List.of("m3", "m4", "b1", "synthetic-run-00000")) {
            Files.write(folder.resolve("gan/training-ids.txt"), List.of("m1", "m2", foreign));
            assertOne("the GAN saw training images", broken(dataset, trainingIds("synthetic-run-00000"), 1, TEST_IDS));
        }
        Files.write(folder.resolve("gan/training-ids.txt"), List.of());
        assertOne("the GAN saw training images", broken(dataset, trainingIds("synthetic-run-00000"), 1, TEST_IDS));
    }

    @Test
    void aGanOfAnotherSplitIsFound() throws IOException {
        Path config = folder.resolve("gan/config.json");
        String split = dataset.manifest().split().sha256();
        Files.writeString(config, Files.readString(config).replace(split, "0".repeat(64)));
        gan = GeneratorRun.open(folder.resolve("gan"), GeneratorZoo.STANDARD);
        assertOne("this very split", broken(dataset, trainingIds("synthetic-run-00000"), 1, TEST_IDS));
    }

    @Test
    void aSyntheticOrMissingOrForeignImageAmongThePredictionsIsFound() {
        List<String> ids = trainingIds("synthetic-run-00000");
        for (List<String> tested : List.of(
                List.of("b4", "m4", "synthetic-run-00001"),
                List.of("b4"),
                List.of("b4", "m3"),
                List.of("b4", "m4", "m4"))) {
            assertOne("tested on exactly the real test images", broken(dataset, ids, 1, tested));
        }
    }

    @Test
    void aTestImageThatWasTrainedOnIsFound() {
        List<String> broken = broken(dataset, trainingIds("m4"), 0, TEST_IDS);
        assertEquals(2, broken.size(), broken.toString());
        assertTrue(broken.get(0).contains("trained on training images, 0 synthetic"), broken.toString());
        assertTrue(broken.get(1).contains("no test image was trained on"), broken.toString());
    }

    @Test
    void countsThatDoNotAddUpAreFound() {
        assertOne("2 synthetic ones", broken(dataset, trainingIds("synthetic-run-00000"), 2, TEST_IDS));
        assertOne(
                "1 synthetic ones",
                broken(dataset, List.of("b1", "b2", "b3", "m1", "m1", "synthetic-run-00000"), 1, TEST_IDS));
    }

    @Test
    void anArmOfAnotherSplitIsFound() {
        splitOfArm = "0".repeat(64);
        assertOne(
                "arm dcgan, seed 0: trained on this very split",
                broken(dataset, trainingIds("synthetic-run-00000"), 1, TEST_IDS));
    }

    @Test
    void copiesAreTracedToTheirOriginals() {
        Arm oversample = Arm.of("oversample");
        Map<String, Integer> balanced = Map.of("benign", 3, "malignant", 3);
        assertEquals(List.of(), broken(dataset, oversample, balanced, trainingIds("copy-00000-of-m2"), 0, TEST_IDS));
        List<String> leaked = broken(dataset, oversample, balanced, trainingIds("copy-00000-of-m4"), 0, TEST_IDS);
        assertEquals(2, leaked.size(), leaked.toString());
        assertTrue(leaked.get(0).contains("trained on training images")
                && leaked.get(1).contains("no test image"));
        assertOne(
                "trained on training images",
                broken(dataset, oversample, balanced, trainingIds("copy-00000-of-m3"), 0, TEST_IDS));
        assertOne(
                "trained on training images",
                broken(
                        dataset,
                        oversample,
                        Map.of("benign", 3, "malignant", 4),
                        trainingIds("copy-00000-of-m2", "copy-00000-of-m2"),
                        0,
                        TEST_IDS));
    }

    @Test
    void anArmWithoutRealImagesOfTheClassIsHeldToThat() {
        Arm only = Arm.of("dcgan+only");
        Map<String, Integer> balanced = Map.of("benign", 3, "malignant", 2);
        List<String> fakes = List.of("b1", "b2", "b3", "synthetic-run-00000", "synthetic-run-00001");
        assertEquals(List.of(), broken(dataset, only, balanced, fakes, 2, TEST_IDS));
        assertOne(
                "trained on training images",
                broken(dataset, only, balanced, List.of("b1", "b2", "b3", "synthetic-run-00000", "m1"), 1, TEST_IDS));
    }

    @Test
    void syntheticImagesOfAnotherGeneratorAreFound() throws IOException {
        Path checkpoints = Files.createDirectories(folder.resolve("gan/checkpoints"));
        Files.writeString(checkpoints.resolve("epoch-0001.generator.safetensors"), "generator");
        Files.writeString(folder.resolve("gan/best.json"), "{\"epoch\": 1, \"reason\": \"\"}");
        Path drawn = Files.createDirectories(folder.resolve("drawn"));
        // printf generator | sha256sum
        String generator = "9123dcbb0b42652b0e105956c68d3ca2ff34584f324fa41a29aedd32b883e131";
        for (String by : List.of(generator, "0".repeat(64))) {
            Files.writeString(drawn.resolve("manifest.csv"), "path,generator_sha256\na.png," + by + "\n");
            LeakageProof proof = new LeakageProof(dataset, false);
            proof.synthetic("GAN", gan, 3, drawn);
            Check last = proof.checks().get(proof.checks().size() - 1);
            assertEquals("seed 3: the synthetic images were drawn from this GAN", last.check());
            assertEquals(by.equals(generator), last.holds(), last.detail());
        }
    }

    @Test
    void aGroupInTwoPartsIsFound() throws IOException {
        Path table = dataset.folder().resolve("images.csv");
        String planted = Files.readString(table).replace("m4,malignant,g7", "m4,malignant,g3");
        Path manifest = dataset.folder().resolve("dataset.json");
        String before = Sha256.of(table);
        Files.writeString(table, planted);
        Files.writeString(manifest, Files.readString(manifest).replace(before, Sha256.of(table)));
        List<String> broken = broken(Dataset.open(dataset.folder()), trainingIds("synthetic-run-00000"), 1, TEST_IDS);
        assertOne("no group", broken);
    }

    @Test
    void equalPixelsInTwoPartsAreFound() throws IOException {
        // "Aa" and "BB" have one hash code, so the test data set draws them alike.
        Dataset twins = SmallDataset.prepare(
                folder.resolve("twins"),
                List.of(
                        "Aa,benign,g1,train",
                        "b2,benign,g2,train",
                        "m1,malignant,g3,train",
                        "m2,malignant,g4,train",
                        "BB,benign,g6,test",
                        "m4,malignant,g7,test"));
        List<String> broken = new LeakageProof(twins, false)
                .checks().stream()
                        .filter(check -> !check.holds())
                        .map(Check::check)
                        .toList();
        assertEquals(List.of("no two parts share an image's pixels"), broken);
    }
}
