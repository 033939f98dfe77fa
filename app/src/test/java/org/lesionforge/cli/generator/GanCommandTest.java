package org.lesionforge.cli.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.TinyDataset;
import org.lesionforge.cli.common.ExitCode;

/** The commands on a GAN beside its training, on a tiny one with every remedy. */
final class GanCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path run;

    @BeforeAll
    static void train() throws IOException {
        TinyDataset.prepare(folder);
        run = folder.resolve("run");
        train(run, "--r1", "1", "--spectral-norm", "--minibatch-std", "--label-smoothing", "0.1")
                .succeeds();
    }

    private static Invocation train(Path out, String... more) {
        String[] tiny = {
            "gan",
            "train",
            folder.resolve("dataset").toString(),
            "--class",
            "malignant",
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

    @Test
    void aWalkBeginsAtTheFirstImageThatSampleDraws() throws IOException {
        Path walk = folder.resolve("walk");
        Invocation.of("gan", "interpolate", run.toString(), "--out", walk.toString(), "--latents", "3", "--steps", "4")
                .succeeds();
        Path sample = folder.resolve("sample");
        Invocation.of("gan", "sample", run.toString(), "--out", sample.toString(), "--count", "2")
                .succeeds();
        BufferedImage strip = ImageIO.read(walk.resolve("strip.png").toFile());
        BufferedImage animation = ImageIO.read(walk.resolve("walk.png").toFile());
        assertEquals(2 + 4 * 18, strip.getWidth());
        assertEquals(2 + 3 * 18, strip.getHeight());
        assertEquals(16, animation.getWidth());
        for (int i = 0; i < 2; i++) {
            BufferedImage drawn = ImageIO.read(
                    sample.resolve("malignant/synthetic-run-0000" + i + ".png").toFile());
            for (int x = 0; x < 16; x++) {
                assertEquals(drawn.getRGB(x, 7), strip.getRGB(2 + x, 2 + 18 * i + 7));
            }
        }
        Invocation.of("gan", "interpolate", run.toString(), "--out", walk.toString())
                .fails(ExitCode.UNUSABLE_INPUT, "not empty");
        Invocation.of("gan", "interpolate", run.toString(), "--out", "x", "--latents", "1")
                .fails(ExitCode.WRONG_USAGE, "latents", "at least 2");
    }

    @Test
    void stepsAreOfOtherFamilies() {
        Path none = folder.resolve("steps");
        Invocation.of("gan", "sample", run.toString(), "--out", none.toString(), "--count", "2", "--steps", "5")
                .fails(ExitCode.WRONG_USAGE, "--steps is not an option of dcgan");
        assertFalse(Files.exists(none));
    }

    @Test
    void inspectTellsTheLayers() throws IOException {
        Invocation text = Invocation.of("gan", "inspect", run.toString()).succeeds();
        assertTrue(text.out().contains("convolution, spectral norm, LeakyReLU"), text.out());
        assertTrue(text.out().contains("memory of a training step"), text.out());
        JsonNode json = JSON.readTree(Invocation.of("gan", "inspect", run.toString(), "--json")
                .succeeds()
                .out());
        assertEquals("malignant", json.get("class").asText());
        assertEquals(10, json.get("discriminator").get(1).get("patch").asInt());
        assertEquals(3, json.get("generator").get(2).get("channels").asInt());
    }

    @Test
    void theFamiliesAreListedWithTheirOwnOptions() throws IOException {
        JsonNode families = JSON.readTree(
                Invocation.of("gan", "families", "--json").succeeds().out());
        JsonNode first = families.get(0);
        assertEquals("dcgan", first.get("name").asText());
        assertEquals("DCGAN", first.get("title").asText());
        assertEquals(16, first.get("sizes").get(0).asInt());
        assertTrue(first.get("conditional").asBoolean(), "it can be");
        assertEquals("latent", first.get("options").get(0).get("name").asText());
        assertEquals(100, first.get("options").get(0).get("value").asInt());
        String text = Invocation.of("gan", "families").succeeds().out();
        assertTrue(text.contains("dcgan: DCGAN, images of 16, 32, 64, ") && text.contains("remedies.r1_every"), text);
    }

    @Test
    void aFamilyIsNamedOrRefused() throws IOException {
        Path named = folder.resolve("named");
        train(named, "--family", "dcgan").succeeds();
        assertEquals(
                "dcgan",
                JSON.readTree(named.resolve("config.json").toFile())
                        .get("family")
                        .asText());
        train(folder.resolve("unknown"), "--family", "no-such")
                .fails(ExitCode.WRONG_USAGE, "'no-such'; there are dcgan");
        assertFalse(Files.exists(folder.resolve("unknown")));
    }

    @Test
    void aDryRunEstimatesAndWritesNothing() throws IOException {
        Path none = folder.resolve("none");
        JsonNode plan =
                JSON.readTree(train(none, "--dry-run", "--json").succeeds().out());
        assertEquals("both", plan.get("options").get("remedies").get("flips").asText());
        int images = plan.get("images").asInt();
        assertEquals(images / 4 * 2L, plan.get("iterations").asLong());
        assertTrue(plan.get("seconds").asDouble() > 0);
        assertTrue(plan.get("memory").get("average").asLong() > 0, "the preset averages");
        String page = train(none, "--dry-run").succeeds().out();
        assertTrue(page.contains("memory of a training step"), page);
        assertTrue(
                page.contains(
                        "16 pixels, latent 8, width 4, kernel 4, learning rate 0.0002, beta1 0.5, 2 epochs, batch 4"),
                page);
        assertTrue(page.contains("flips both") && page.contains("the same command with --json"), page);
        assertFalse(page.contains("{") || page.contains("null"), page);
        assertFalse(Files.exists(none));
    }
}
