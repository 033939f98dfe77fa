package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;

/** {@code evaluate} on folders as people have them: gray, transparent, damaged, too small. */
final class EvaluateImagesTest {
    @TempDir
    Path folder;

    @Test
    void imagesOfAnyChannelsAndSizesAreComparedAndDamagedOnesNamed() throws IOException {
        String weights = fidWeights();
        image("mixed/gray.png", BufferedImage.TYPE_BYTE_GRAY, 40, 30);
        image("mixed/transparent.png", BufferedImage.TYPE_INT_ARGB, 20, 20);
        image("mixed/palette.png", BufferedImage.TYPE_BYTE_INDEXED, 33, 20);
        image("mixed/colour.jpg", BufferedImage.TYPE_INT_RGB, 90, 64);
        Path whole = image("mixed/cut.jpg", BufferedImage.TYPE_INT_RGB, 90, 64);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
        Files.writeString(folder.resolve("mixed/text.png"), "no image");

        Invocation result = Invocation.of(
                        "evaluate",
                        path("mixed"),
                        path("mixed"),
                        "--metric-weights",
                        weights,
                        "--features",
                        "64",
                        "--no-cache",
                        "--out",
                        path("out"),
                        "--json",
                        "--quiet")
                .succeeds();
        JsonNode json = new ObjectMapper().readTree(result.out());
        assertEquals(4, json.get("real").get("n").asInt());
        List<String> spectrum = Files.readAllLines(folder.resolve("out/spectrum.csv"));
        assertEquals("cycles_per_image,real_db,fake_db", spectrum.get(0));
        assertEquals(
                1 + 16 / 2, spectrum.size(), "the largest power of two in 30 pixels, the median shorter side, is 16");
        assertTrue(Files.readString(folder.resolve("out/spectrum.svg")).contains("synthetic images"));
        assertTrue(json.get("missing").toString().contains("10 groups"), result.out());
        assertEquals(2, json.get("real").get("skipped").size());
        assertEquals(
                "cut.jpg", json.get("real").get("skipped").get(0).get("path").asText());
        assertEquals("fid", json.get("metrics").get(0).get("key").asText());
        assertEquals(0, json.get("metrics").get(0).get("value").asDouble(), 1e-9, "a set against itself");
        String missing = json.get("missing").toString();
        assertTrue(missing.contains("\"density\""), "five neighbours need six reals: " + missing);
    }

    @Test
    void imagesThatAreAllTheSameAreReportedAsCollapse() throws IOException {
        String weights = fidWeights();
        for (int i = 0; i < 6; i++) {
            image("real/" + i + ".png", BufferedImage.TYPE_INT_RGB, 20 + i, 20);
            Files.createDirectories(folder.resolve("fake"));
            Files.copy(folder.resolve("real/0.png"), folder.resolve("fake/" + i + ".png"));
        }
        Invocation result = Invocation.of(
                        "evaluate",
                        path("real"),
                        path("fake"),
                        "--metric-weights",
                        weights,
                        "--features",
                        "64",
                        "--no-cache",
                        "--json",
                        "--quiet")
                .succeeds();
        JsonNode json = new ObjectMapper().readTree(result.out());
        assertTrue(json.get("metrics").get(0).get("value").asDouble() > 0, result.out());
        assertTrue(json.get("findings").toString().contains("collapse"), result.out());
    }

    @Test
    void foldersThatDoNotServeAreNamed() throws IOException {
        image("one/a.png", BufferedImage.TYPE_INT_RGB, 20, 20);
        image("two/a.png", BufferedImage.TYPE_INT_RGB, 20, 20);
        image("two/b.png", BufferedImage.TYPE_INT_RGB, 20, 20);
        Invocation.of("evaluate", path("two"), path("one"), "--quiet")
                .fails(ExitCode.UNUSABLE_INPUT, "one has 1 readable images", "at least 2");
        Invocation.of("evaluate", path("two"), path("two"), "--quiet")
                .fails(ExitCode.MISSING_REQUIREMENT, "--metric-weights");
        Invocation.of("evaluate", path("two"), path("nowhere"), "--quiet")
                .fails(ExitCode.UNUSABLE_INPUT, "there is no folder or file", "nowhere");
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Path image(String name, int type, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(name.hashCode());
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0xff000000 | random.nextInt(1 << 24));
            }
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return file;
    }

    private static String fidWeights() {
        String shared = System.getenv().getOrDefault("LESIONFORGE_SHARED", "../../shared");
        Path weights = Path.of(shared, "weights/fid_inception_2015_12_05_to_mixed_6e.safetensors");
        assumeTrue(Files.exists(weights), "needs the weights of the FID network, " + weights);
        return weights.toString();
    }
}
