package org.lesionforge.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.data.Part;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.image.file.PngText;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.arm.Arm;

/** An experiment of a few images of noise, whose files are written by hand here. */
final class ArmExportTest {
    private static final List<String> ROWS = List.of(
            "b0,benign,g0,train",
            "b1,benign,g1,train",
            "b2,benign,g2,validation",
            "b3,benign,g3,test",
            "m0,malignant,g4,train",
            "m1,malignant,g5,validation",
            "m2,malignant,g6,test");

    @TempDir
    Path folder;

    private Dataset dataset;
    private Path run;

    @BeforeEach
    void dataset() throws IOException {
        dataset = SmallDataset.prepare(folder, ROWS);
        run = folder.resolve("run");
        Files.createDirectories(run);
        Files.writeString(
                run.resolve("config.json"),
                "{\"dataset\": \"" + folder.resolve("dataset") + "\", \"split_sha256\": \""
                        + dataset.manifest().split().sha256() + "\", \"options\": {\"generators\": {\"dcgan\":"
                        + " {\"size\": 16}}}}");
        Files.writeString(run.resolve("provenance.json"), "{\"who\": \"a test\"}");
    }

    private static byte[] noise(int value) {
        byte[] pixels = new byte[3 * 16 * 16];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (value * i);
        }
        return pixels;
    }

    private byte[] real(String id) {
        byte[] pixels = new byte[3 * 16 * 16];
        for (Part name : Part.values()) {
            LabelledImages part = dataset.part(name);
            for (int i = 0; i < part.size(); i++) {
                if (part.id(i).equals(id)) {
                    part.read(i, 16, pixels, 0);
                }
            }
        }
        return pixels;
    }

    /** As docs/contracts.md says it, without the program's own code. */
    private static String hash(List<byte[]> images) throws NoSuchAlgorithmException {
        MessageDigest all = MessageDigest.getInstance("SHA-256");
        for (byte[] image : images) {
            MessageDigest one = MessageDigest.getInstance("SHA-256");
            one.update("16x16:".getBytes(StandardCharsets.US_ASCII));
            all.update(HexFormat.of().formatHex(one.digest(image)).getBytes(StandardCharsets.US_ASCII));
        }
        return HexFormat.of().formatHex(all.digest());
    }

    private void trial(String arm, List<String> trainingIds, String imagesSha256) throws IOException {
        Path trial = Files.createDirectories(run.resolve("arms").resolve(arm + "-seed0"));
        Files.writeString(trial.resolve("training-ids.txt"), String.join("\n", trainingIds) + "\n");
        Files.writeString(
                trial.resolve("config.json"),
                "{\"split_sha256\": \"ab\", \"images_sha256\": \"" + imagesSha256 + "\", \"options\": {\"size\": 16}}");
        String columns = "id,group,truth,prediction,p_benign,p_malignant\n";
        Files.writeString(
                trial.resolve("predictions-test.csv"),
                columns + "b3,g3,benign,benign,0.9,0.1\nm2,g6,malignant,benign,0.9,0.1\n");
        Files.writeString(
                trial.resolve("predictions-validation.csv"),
                columns + "b2,g2,benign,benign,0.9,0.1\nm1,g5,malignant,benign,0.9,0.1\n");
        Files.writeString(
                trial.resolve("result.json"),
                """
                {"name": "ARM", "title": "t", "seed": 0, "synthetic": 1, "train": {"benign": 2, "malignant": 2}, "steps": 1, "best_epoch": 1,
                 "test": {"n": 2, "positive": "malignant", "classes": ["benign", "malignant"], "confusion": [[1, 0], [1, 0]],
                   "accuracy": 0.5, "accuracy_ci95": [0.1, 0.9], "balanced_accuracy": 0.5, "roc_auc": 0.5, "mcc": 0, "brier": 0.4,
                   "per_class": {"benign": {"precision": 0.5, "recall": 1, "f1": 0.7, "support": 1},
                     "malignant": {"precision": 0, "recall": 0, "f1": 0, "support": 1}}},
                 "images": null, "seconds": 1, "folder": "arms/ARM-seed0"}
                """
                        .replace("ARM", arm));
    }

    private void dcgan() throws IOException, NoSuchAlgorithmException {
        Path images = Files.createDirectories(run.resolve("synthetic/dcgan/seed0/malignant"));
        PngWriter.write(
                RgbImage.wrap(16, 16, noise(7)),
                Map.of("Generator-SHA256", "cd", "Licence", "CC-0"),
                images.resolve("synthetic-run-seed0-00000.png"));
        sealed(images.getParent(), "malignant", "synthetic-run-seed0-00000.png");
        trial(
                "dcgan",
                List.of("b0", "b1", "m0", "synthetic-run-seed0-00000"),
                hash(List.of(real("b0"), real("b1"), real("m0"), noise(7))));
    }

    private static void sealed(Path set, String className, String image) throws IOException, NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        String hash = HexFormat.of().formatHex(sha256.digest(Files.readAllBytes(set.resolve(className + "/" + image))));
        String manifest = "path,class,run,snapshot,seed,index,generator_sha256,licences,attribution,sha256\n"
                + className + "/" + image + "," + className + ",run,1,0,0,cd,,," + hash + "\n";
        Files.writeString(set.resolve("manifest.csv"), manifest);
        Files.writeString(
                set.resolve("synthetic.json"),
                "{\"format_version\": 1, \"class_name\": \"" + className + "\", \"images\": 1, \"manifest_sha256\": \""
                        + HexFormat.of().formatHex(sha256.digest(manifest.getBytes(StandardCharsets.UTF_8))) + "\"}");
    }

    private ArmExport.Description export(String arm, Path out) throws IOException {
        ArmExport.Choice choice =
                new ArmExport.Choice(Arm.of(arm), Optional.empty(), Optional.empty(), Optional.empty());
        return ArmExport.open(run, choice, Optional.empty(), Progress.SILENT).write(out, Optional.empty());
    }

    private static List<Path> images(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }

    /** The class that ImageFolder gives each image, and its pixels. */
    @Test
    void syntheticImagesAreInTrainAlone() throws Exception {
        dcgan();
        Path out = folder.resolve("out");
        ArmExport.Description written = export("dcgan", out);
        try (Stream<Path> top = Files.list(out)) {
            assertEquals(
                    List.of(
                            "README.txt",
                            "export.json",
                            "images.csv",
                            "licences.json",
                            "provenance.json",
                            "test",
                            "train",
                            "val"),
                    top.map(path -> path.getFileName().toString()).sorted().toList());
        }
        assertEquals(8, images(out).size());
        List<Path> train = images(out.resolve("train"));
        assertEquals(
                List.of(
                        "benign/00000-b0.png",
                        "benign/00001-b1.png",
                        "malignant/00002-m0.png",
                        "malignant/00003-synthetic-run-seed0-00000.png"),
                train.stream()
                        .map(file -> out.resolve("train").relativize(file).toString())
                        .toList());
        assertArrayEquals(real("b1"), ImageDecoder.read(train.get(1)).pixels());
        assertArrayEquals(noise(7), ImageDecoder.read(train.get(3)).pixels());
        assertEquals("cd", PngText.read(train.get(3)).get("Generator-SHA256"));
        for (String part : List.of("val", "test")) {
            for (Path file : images(out.resolve(part))) {
                assertFalse(file.toString().contains("synthetic"), file.toString());
            }
        }
        assertArrayEquals(
                real("m2"),
                ImageDecoder.read(out.resolve("test/malignant/00001-m2.png")).pixels());
        assertEquals(Map.of("real", 3, "copy", 0, "synthetic", 1), written.trainOrigins());
        assertEquals(Map.of("benign", 1, "malignant", 1), written.images().get("val"));
        List<String> table = new ArrayList<>(Files.readAllLines(out.resolve("images.csv")));
        assertEquals(9, table.size());
        assertTrue(
                table.get(4)
                        .startsWith("train/malignant/00003-synthetic-run-seed0-00000.png,train,malignant,"
                                + "synthetic-run-seed0-00000,synthetic,"),
                table.get(4));
        assertEquals("{\"who\": \"a test\"}", Files.readString(out.resolve("provenance.json")));
        assertThrows(UnusableInputException.class, () -> export("dcgan", out));
    }

    @Test
    void copiesAreWrittenAsTheyWereTrainedOn() throws Exception {
        trial(
                "oversample",
                List.of("b0", "b1", "m0", "copy-00000-of-m0"),
                hash(List.of(real("b0"), real("b1"), real("m0"), real("m0"))));
        Path out = folder.resolve("out");
        assertEquals(1, export("oversample", out).trainOrigins().get("copy"));
        assertArrayEquals(
                real("m0"),
                ImageDecoder.read(out.resolve("train/malignant/00003-copy-00000-of-m0.png"))
                        .pixels());
    }

    @Test
    void shuffledClassesAreSaidToBe() throws Exception {
        List<String> ids = new ArrayList<>(List.of("b0", "b1", "m0"));
        List<byte[]> pixels = new ArrayList<>(List.of(real("b0"), real("b1"), real("m0")));
        int drawn = 0;
        for (String className : List.of("benign", "malignant")) {
            String id = "synthetic-run-" + className + "-seed0-00000";
            Path set = run.resolve("synthetic/dcgan-conditional/seed0/" + className);
            Path images = Files.createDirectories(set.resolve(className));
            PngWriter.write(RgbImage.wrap(16, 16, noise(7 + drawn)), Map.of(), images.resolve(id + ".png"));
            sealed(set, className, id + ".png");
            ids.add(id);
            pixels.add(noise(7 + drawn++));
        }
        trial("both:dcgan+shuffled", ids, hash(pixels));
        Path out = folder.resolve("out");
        ArmExport.Description written = export("both:dcgan+shuffled", out);
        assertTrue(written.shuffled());
        assertEquals(Map.of("real", 3, "copy", 0, "synthetic", 2), written.trainOrigins());
        // As many of each class as were drawn.
        assertEquals(Map.of("benign", 3, "malignant", 2), written.images().get("train"));
        String notes = Files.readString(out.resolve("README.txt"));
        assertTrue(notes.contains("train has 3 real images, 0 copies and 2 synthetic images"), notes);
        assertTrue(notes.contains("were permuted among them"), notes);
        assertTrue(Files.readString(out.resolve("export.json")).contains("\"shuffled\" : true"));
    }

    @Test
    void otherPixelsThanThoseTrainedOn() throws Exception {
        trial("none", List.of("b0", "b1", "m0"), hash(List.of(real("b0"), real("m0"), real("b1"))));
        UnusableInputException changed =
                assertThrows(UnusableInputException.class, () -> export("none", folder.resolve("out")));
        assertTrue(changed.getMessage().contains("are not those it was trained on"), changed.getMessage());
        assertFalse(Files.exists(folder.resolve("out/export.json")));
    }

    @Test
    void aTestImageAmongThoseTrainedOn() throws Exception {
        trial("none", List.of("b0", "b1", "m2"), hash(List.of(real("b0"), real("b1"), real("m2"))));
        UnusableInputException leak =
                assertThrows(UnusableInputException.class, () -> export("none", folder.resolve("out")));
        assertTrue(leak.getMessage().contains("'m2' is in the training part"), leak.getMessage());
    }

    @Test
    void whatIsNotThere() throws Exception {
        trial("none", List.of("b0", "b1", "m0", "x"), "ab");
        UnusableInputException arm =
                assertThrows(UnusableInputException.class, () -> export("dcgan", folder.resolve("out")));
        assertTrue(arm.getMessage().contains("there are none inception-v3 seed 0"), arm.getMessage());
        UnusableInputException image =
                assertThrows(UnusableInputException.class, () -> export("none", folder.resolve("out")));
        assertTrue(image.getMessage().contains("an image 'x'"), image.getMessage());
    }

    @Test
    void anotherDataSet() throws Exception {
        trial("none", List.of("b0", "b1", "m0"), hash(List.of(real("b0"), real("b1"), real("m0"))));
        Path config = run.resolve("config.json");
        String split = dataset.manifest().split().sha256();
        Files.writeString(config, Files.readString(config).replace(split, "00ff"));
        UnusableInputException other =
                assertThrows(UnusableInputException.class, () -> export("none", folder.resolve("out")));
        assertTrue(
                other.getMessage().contains("its split is " + split + ", the experiment's 00ff"), other.getMessage());
    }
}
