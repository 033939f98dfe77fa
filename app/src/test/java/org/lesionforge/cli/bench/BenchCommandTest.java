package org.lesionforge.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.common.ExitCode;

class BenchCommandTest {
    @TempDir
    Path folder;

    @Test
    void prepareIsTimedAndPrintsOneLine() throws IOException {
        for (String name : List.of("benign", "malignant")) {
            Files.createDirectories(folder.resolve(name));
            for (int i = 0; i < 5; i++) {
                BufferedImage image = new BufferedImage(6, 6, BufferedImage.TYPE_3BYTE_BGR);
                image.setRGB(3, 3, 1000 * i);
                ImageIO.write(
                        image, "png", folder.resolve(name).resolve(i + ".png").toFile());
            }
        }
        Invocation bench = Invocation.of("bench", "prepare", folder.toString(), "--sizes", "4,8", "--runs", "3");
        String line = bench.succeeds().out();
        assertEquals(1, line.lines().count(), line);
        JsonNode json = new ObjectMapper().readTree(line);
        assertEquals("prepare", json.get("work").asText());
        assertEquals(10, json.get("images").asInt());
        assertEquals("[4,8]", json.get("sizes").toString());
        double median = json.get("images_per_second").asDouble();
        assertTrue(median > 0 && median <= json.get("best").asDouble(), line);
        assertTrue(json.has("cpu_ms_per_image") && json.has("max_rss_mb"), line);
        try (var left = Files.list(folder)) {
            assertEquals(2, left.count(), "the source is as it was");
        }
    }

    @Test
    void noRunsAreNoMeasurement() {
        Invocation.of("bench", "prepare", folder.toString(), "--runs", "0")
                .fails(ExitCode.WRONG_USAGE, "at least 1 run", "got 0");
    }

    @Test
    void ganStepsAreTimedAndComparedWithMatrices() throws IOException {
        JsonNode line = line(
                "gan", "--width", "8", "--kernel", "4", "--batch", "4", "--steps", "3", "--warmup", "1", "--roofline");
        assertEquals(4, line.get("batch").asInt());
        assertEquals(8, line.get("width").asInt());
        // By hand, of convolutions 3→8→16→32→64 at 32, 16, 8 and 4 pixels: 0.39 + 0.52 + 0.52 + 0.52 million
        // multiply-adds, linear layers 16·64·100 and 16·64.
        double generator = 393_216 + 3 * 524_288 + 102_400;
        double discriminator = 393_216 + 3 * 524_288 + 1024;
        double expected = 2 * (3 * generator + 8 * discriminator - 2 * 393_216) / 1e9;
        assertEquals(expected, line.get("gigaflop_per_image").asDouble(), 0.0006);
        double share = line.get("gigaflop_per_second").asDouble()
                / line.get("matrix_gigaflop_per_second").asDouble();
        assertEquals(share, line.get("share_of_matrix").asDouble(), 0.01);
    }

    @Test
    void inceptionIsTimedInBothWays() throws IOException {
        for (String work : List.of("features", "train")) {
            JsonNode line = line("inception", work, "--batch", "2", "--steps", "1", "--warmup", "0");
            assertEquals("inception " + work, line.get("work").asText());
            assertEquals(299, line.get("size").asInt());
            assertTrue(line.get("images_per_second").asDouble() > 0, line.toString());
        }
    }

    /** At its smallest side; the convolutions' 299,494,272 multiply-adds at 224 pixels are of 112, 56, … pixels, and so 49 times fewer at 32. */
    @Test
    void anyClassifierIsTimedInBothWaysAtAnySize() throws IOException {
        double forward = 2 * 299_494_272 / 49.0 / 1e9;
        for (String work : List.of("features", "train")) {
            JsonNode line = line(
                    "classifier",
                    "mobilenet-v2",
                    work,
                    "--size=32",
                    "--batch=2",
                    "--steps=1",
                    "--warmup=0",
                    "--roofline");
            assertEquals("mobilenet-v2 " + work, line.get("work").asText());
            assertEquals(32, line.get("size").asInt());
            assertEquals(2, line.get("batch").asInt());
            double passes = work.equals("train") ? 3 : 1;
            assertEquals(passes * forward, line.get("gigaflop_per_image").asDouble(), 0.0005);
            assertTrue(line.get("images_per_second").asDouble() > 0, line.toString());
        }
        JsonNode usual = line("classifier", "mobilenet-v2", "features", "--batch=2", "--steps=1", "--warmup=0");
        assertEquals(224, usual.get("size").asInt());
        // One image has features, but no company for batch normalisation.
        JsonNode one =
                line("classifier", "mobilenet-v2", "features", "--size=32", "--batch=1", "--steps=1", "--warmup=0");
        assertEquals(1, one.get("batch").asInt());
        Invocation.of("bench", "classifier", "mobilenet-v2", "train", "--batch=1")
                .fails(ExitCode.WRONG_USAGE, "batch must be at least 2, got 1");
        Invocation.of("bench", "classifier", "mobilenet-v2", "features", "--batch=0")
                .fails(ExitCode.WRONG_USAGE, "--batch must be at least 1, got 0");
        Invocation.of("bench", "classifier", "mobilenet-v2", "train", "--size", "31")
                .fails(ExitCode.WRONG_USAGE, "at least 32 pixels", "got 31");
        Invocation.of("bench", "classifier", "resnet-49", "train")
                .fails(ExitCode.WRONG_USAGE, "no network 'resnet-49'", "resnet-50");
    }

    @Test
    void stepsAndThreadsAreCounted() {
        Invocation.of("bench", "gan", "--steps", "0").fails(ExitCode.WRONG_USAGE, "at least 1 run", "got 0");
        Invocation.of("bench", "gan", "--warmup", "-1").fails(ExitCode.WRONG_USAGE, "0 or more", "got -1");
        Invocation.of("bench", "inception", "train", "--threads", "0")
                .fails(ExitCode.WRONG_USAGE, "--threads must be at least 1, got 0");
        Invocation.of("bench", "inception", "train", "--batch", "1").fails(ExitCode.WRONG_USAGE, "batch", "got 1");
    }

    private static JsonNode line(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(words));
        String line = Invocation.of(all.toArray(String[]::new)).succeeds().out();
        assertEquals(1, line.lines().count(), line);
        return new ObjectMapper().readTree(line);
    }
}
