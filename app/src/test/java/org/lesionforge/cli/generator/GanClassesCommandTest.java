package org.lesionforge.cli.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.TinyDataset;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.image.file.PngText;

/** {@code gan train --class A,B} and {@code all}, with a generator that tells classes apart and with one that does not. */
final class GanClassesCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path told;
    private static Path mixed;

    @BeforeAll
    static void train() throws IOException {
        TinyDataset.prepare(folder);
        told = folder.resolve("told");
        train(told, "all", "--conditional", "--lr", "0.01").succeeds();
        mixed = folder.resolve("mixed");
        train(mixed, "malignant,benign").succeeds();
    }

    private static Invocation train(Path out, String classes, String... more) {
        String[] tiny = {
            "gan",
            "train",
            folder.resolve("dataset").toString(),
            "--class",
            classes,
            "--out",
            out.toString(),
            "--preset",
            "small-data",
            "--size",
            "16",
            "--width",
            "4",
            "--latent",
            "8",
            "--batch",
            "4",
            "--epochs",
            "2",
            "--quiet"
        };
        return Invocation.of(tiny, more);
    }

    private static Invocation sample(Path run, Path out, String... more) {
        return Invocation.of(
                new String[] {"gan", "sample", run.toString(), "--count", "2", "--out", out.toString(), "--quiet"},
                more);
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    @Test
    void aConditionalGeneratorDrawsOfTheClassThatIsNamed() throws IOException {
        JsonNode config = json(told.resolve("config.json"));
        assertEquals("[\"benign\",\"malignant\"]", config.get("classes").toString());
        assertEquals("benign,malignant", config.get("class_name").asText());
        assertTrue(config.get("options").get("conditional").asBoolean());
        byte[][] first = new byte[2][];
        for (String name : new String[] {"benign", "malignant"}) {
            Path set = folder.resolve("of-" + name);
            Invocation drawn = sample(told, set, "--class", name, "--json").succeeds();
            assertEquals(name, JSON.readTree(drawn.out()).get("class").asText());
            assertEquals(
                    name, json(set.resolve("synthetic.json")).get("class_name").asText());
            first[name.equals("benign") ? 0 : 1] = pixels(set.resolve(name + "/synthetic-told-00000.png"));
        }
        assertFalse(Arrays.equals(first[0], first[1]), "from the same latent");
        sample(told, folder.resolve("none")).fails(ExitCode.WRONG_USAGE, "name one of [benign, malignant]");
        sample(told, folder.resolve("none"), "--class", "nevus")
                .fails(ExitCode.WRONG_USAGE, "'nevus'", "[benign, malignant]");
        assertFalse(Files.exists(folder.resolve("none")));
    }

    private static byte[] pixels(Path file) throws IOException {
        int[] rgb = ImageIO.read(file.toFile()).getRGB(0, 0, 16, 16, null, 0, 16);
        byte[] bytes = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            bytes[i] = (byte) rgb[i];
        }
        return bytes;
    }

    @Test
    void theSampleGridHasABlockOfRowsForEachClass() throws IOException {
        Path grid = told.resolve("samples/epoch-0002.png");
        // Four rows of eight images of 16 pixels, gaps of 2, for each class.
        assertEquals(2 + 8 * 18, ImageIO.read(grid.toFile()).getHeight());
        assertEquals(
                ImageIO.read(mixed.resolve("samples/epoch-0002.png").toFile()).getHeight(),
                ImageIO.read(grid.toFile()).getHeight());
    }

    /** Nothing is measured here, so that it is by thumbnails. */
    @Test
    void theNearestTrainingImagesAreBesideTheGrid() {
        for (Path run : List.of(told, mixed)) {
            String text = PngText.read(run.resolve("samples/nearest-0002.png")).get("Description");
            assertTrue(text.startsWith("epoch 2: those 24 of 64 generated images"), text);
            assertTrue(text.endsWith("thumbnails of 32×32 pixels"), text);
        }
    }

    @Test
    void aWalkStaysInItsClass() throws IOException {
        Path set = folder.resolve("first");
        sample(told, set, "--class", "malignant").succeeds();
        Path walk = folder.resolve("walk");
        Invocation.of(
                        "gan",
                        "interpolate",
                        told.toString(),
                        "--out",
                        walk.toString(),
                        "--class",
                        "malignant",
                        "--latents",
                        "2",
                        "--steps",
                        "3")
                .succeeds();
        int[] drawn = ImageIO.read(
                        set.resolve("malignant/synthetic-told-00000.png").toFile())
                .getRGB(0, 0, 16, 16, null, 0, 16);
        int[] first = ImageIO.read(walk.resolve("strip.png").toFile()).getRGB(2, 2, 16, 16, null, 0, 16);
        assertArrayEquals(drawn, first);
        Invocation.of(
                        "gan",
                        "interpolate",
                        told.toString(),
                        "--out",
                        folder.resolve("no-walk").toString())
                .fails(ExitCode.WRONG_USAGE, "name one of [benign, malignant]");
    }

    @Test
    void toAnyOtherGeneratorSeveralClassesAreOne() throws IOException {
        assertEquals(
                "[\"benign\",\"malignant\"]",
                json(mixed.resolve("config.json")).get("classes").toString());
        assertFalse(json(mixed.resolve("config.json")).get("options").has("conditional"));
        Path set = folder.resolve("of-both");
        sample(mixed, set).succeeds();
        assertTrue(Files.exists(set.resolve("benign,malignant/synthetic-mixed-00001.png")));
        sample(mixed, folder.resolve("none"), "--class", "benign")
                .fails(ExitCode.WRONG_USAGE, "'benign'", "[benign,malignant], which it does not tell apart");
    }

    @Test
    void classesAreNamedOrRefused() {
        Path none = folder.resolve("none");
        train(none, "benign,benign").fails(ExitCode.WRONG_USAGE, "[benign, benign]");
        train(none, "benign,nevus").fails(ExitCode.UNUSABLE_INPUT, "'nevus'", "[benign, malignant]");
        train(none, "nevus").fails(ExitCode.UNUSABLE_INPUT, "'nevus'", "[benign, malignant]");
        assertFalse(Files.exists(none));
    }

    @Test
    void aRunIsDoneAgainFromItsConfiguration() throws IOException {
        Path again = folder.resolve("again");
        Invocation.of(
                        "gan",
                        "train",
                        "--config",
                        told.resolve("config.json").toString(),
                        "--out",
                        again.toString(),
                        "--quiet")
                .succeeds();
        assertArrayEquals(
                Files.readAllBytes(told.resolve("config.json")), Files.readAllBytes(again.resolve("config.json")));
        assertArrayEquals(
                Files.readAllBytes(told.resolve("stats.jsonl")), Files.readAllBytes(again.resolve("stats.jsonl")));
    }

    @Test
    void aClassBeginsWithTheWeightsOfAll() throws IOException {
        Path next = folder.resolve("next");
        train(next, "malignant", "--init", mixed.toString()).succeeds();
        JsonNode init = json(next.resolve("config.json")).get("init");
        assertEquals(mixed.toString(), init.get("run").asText());
        assertEquals("[\"benign\",\"malignant\"]", init.get("classes").toString());
        assertEquals(64, init.get("sha256").asText().length());
        Path again = folder.resolve("next-again");
        Invocation.of(
                        "gan",
                        "train",
                        "--config",
                        next.resolve("config.json").toString(),
                        "--out",
                        again.toString(),
                        "--quiet")
                .succeeds();
        assertArrayEquals(
                Files.readAllBytes(next.resolve("stats.jsonl")), Files.readAllBytes(again.resolve("stats.jsonl")));
        Path none = folder.resolve("none");
        train(none, "malignant", "--init", mixed.toString(), "--kernel", "5")
                .fails(ExitCode.UNUSABLE_INPUT, "kernel 4, here 5");
        train(none, "malignant", "--init", told.toString())
                .fails(ExitCode.UNUSABLE_INPUT, "conditional true, here false");
        train(none, "malignant", "--init", folder.toString()).fails(ExitCode.UNUSABLE_INPUT, "GAN run");
        assertFalse(Files.exists(none));
    }

    @Test
    void itsReportIsDrawn() {
        Invocation.of("report", told.toString(), "--quiet").succeeds();
    }
}
