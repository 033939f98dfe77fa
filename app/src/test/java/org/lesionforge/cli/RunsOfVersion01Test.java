package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.ComputedKey;

/** Runs that version 0.1 made are read, resumed and sampled; what it said of them is the reference. */
final class RunsOfVersion01Test {
    private static final Path RUNS = Path.of("src/test/resources/runs-of-0.1");

    /** Between processors, and between kernels for them, sums differ in their last places; training carries that on. */
    private static final double ROUNDING = 0.02;

    @TempDir
    Path folder;

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.walk(RUNS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(RUNS.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private String run(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void reportIsDrawn() throws IOException {
        Invocation.of("report", run("experiment")).succeeds();
        String page = Files.readString(folder.resolve("experiment/report.html"));
        // What 0.1 printed: 0.4773 ± 0.2893 and 0.6591 ± 0.0321.
        for (String number : List.of("0.4773", "0.2893", "0.6591", "0.0321")) {
            assertTrue(page.contains(number), number);
        }
    }

    @Test
    void differencesAreCompared() {
        Invocation compare =
                Invocation.of("compare", run("experiment"), run("experiment")).succeeds();
        // What 0.1 said: “… accuracy changed by +18.18 percentage points (95 % CI −2.27 to +36.84 points …”.
        assertTrue(compare.out().contains("+18.18  −2.27 to +36.84"), compare.out());
    }

    @Test
    void killedGanIsResumedToTheSameEnd() throws IOException, UnreadableImageException {
        Invocation.of("gan", "resume", run("gan"), "--dataset", run("dataset")).succeeds();
        // It did not record it: float32 on the CPU.
        assertEquals(
                Compute.continuing("auto", Optional.empty()).computed(),
                ComputedKey.read(folder.resolve("gan/config.json")).orElseThrow());
        List<JsonNode> expected = lines("gan-uninterrupted/stats.jsonl");
        List<JsonNode> resumed = lines("gan/stats.jsonl");
        assertEquals(18, expected.size());
        assertEquals(expected.size(), resumed.size());
        for (int i = 0; i < expected.size(); i++) {
            for (String number : List.of("loss_d", "loss_g", "d_real", "d_fake", "gradient_d", "gradient_g")) {
                assertEquals(
                        expected.get(i).get(number).doubleValue(),
                        resumed.get(i).get(number).doubleValue(),
                        ROUNDING,
                        number + " of iteration " + (i + 1));
            }
        }
        Invocation.of("gan", "sample", run("gan"), "--count", "1", "--out", run("synthetic"))
                .succeeds();
        RgbImage image = ImageDecoder.read(folder.resolve("synthetic/malignant/synthetic-gan-00000.png"));
        RgbImage of01 = ImageDecoder.read(folder.resolve("gan-uninterrupted/synthetic-whole-00000.png"));
        assertEquals(of01.pixels().length, image.pixels().length);
        for (int i = 0; i < of01.pixels().length; i++) {
            assertEquals(of01.pixels()[i] & 0xff, image.pixels()[i] & 0xff, 4, "byte " + i);
        }
    }

    private List<JsonNode> lines(String file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(file))) {
            lines.add(json.readTree(line));
        }
        return lines;
    }
}
