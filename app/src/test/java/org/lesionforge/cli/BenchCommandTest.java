package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
