package org.lesionforge.cli.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.TinyDataset;
import org.lesionforge.cli.common.ExitCode;

/** {@code gan sample} of a family that draws in steps. */
final class GanSampleDiffusionTest {
    @TempDir
    static Path folder;

    private static Path run;

    @BeforeAll
    static void train() throws IOException {
        TinyDataset.prepare(folder);
        run = folder.resolve("run");
        Invocation.of(
                        "gan",
                        "train",
                        folder.resolve("dataset").toString(),
                        "--class=all",
                        "--conditional",
                        "--family=ddpm",
                        "--preset=small-data",
                        "--size=16",
                        "--width=4",
                        "--batch=4",
                        "--epochs=1",
                        "--steps=3",
                        "--judging-steps=1",
                        // The first steps of a long warm-up change little, and nets begin by answering 0.
                        "--warmup=0",
                        "--lr=0.01",
                        "--quiet",
                        "--out",
                        run.toString())
                .succeeds();
    }

    private static Invocation sample(Path of, String out, String... more) {
        String[] fixed = {
            "gan",
            "sample",
            of.toString(),
            "--count=1",
            "--quiet",
            "--json",
            "--out",
            folder.resolve(out).toString()
        };
        return Invocation.of(fixed, more);
    }

    private static byte[] image(String out) throws IOException {
        return Files.readAllBytes(folder.resolve(out).resolve("malignant/synthetic-run-00000.png"));
    }

    @Test
    void stepsAndGuidanceAreTheRunsUnlessGiven() throws IOException {
        String malignant = "--class=malignant";
        sample(run, "plain", malignant).succeeds();
        sample(run, "same", malignant, "--seed=0").succeeds();
        assertEquals(hash(image("plain")), hash(image("same")));
        JsonNode more = new ObjectMapper()
                .readTree(sample(run, "more", malignant, "--steps=20", "--guidance=3")
                        .succeeds()
                        .out());
        assertEquals(20, more.get("steps").asInt());
        assertEquals(3, more.get("guidance").asDouble());
        String source = new String(image("more"), StandardCharsets.ISO_8859_1);
        assertTrue(source.contains("seed 0, guidance 3.0, steps 20, index 0"), "the image says how it was drawn");
        assertNotEquals(hash(image("plain")), hash(image("more")));
    }

    private static int hash(byte... bytes) {
        return Arrays.hashCode(bytes);
    }

    @Test
    void whatCannotBeIsWrongUsage() {
        String[] wrong = {"--steps=0", "--steps=1001", "--guidance=-1"};
        for (String option : wrong) {
            sample(run, "wrong", "--class=malignant", option).fails(ExitCode.WRONG_USAGE, "must be");
            assertTrue(Files.notExists(folder.resolve("wrong")), option);
        }
    }
}
