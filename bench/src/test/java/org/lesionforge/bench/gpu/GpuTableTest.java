package org.lesionforge.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bench/gpu/table.py} makes of lines that {@code bench/gpu/run.sh} leaves, which needs no card. */
final class GpuTableTest {
    private static final Path TABLE = Path.of("gpu", "table.py").toAbsolutePath();

    @TempDir
    Path folder;

    private record Answer(int code, List<String> lines) {}

    @BeforeAll
    static void requirePython() throws IOException, InterruptedException {
        try {
            assumeTrue(new ProcessBuilder("python3", "--version").start().waitFor() == 0, "there is no python3");
        } catch (IOException e) {
            assumeTrue(false, "there is no python3: " + e.getMessage());
        }
    }

    private static Answer table(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", TABLE.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text.lines().toList());
    }

    private String file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n")
                .toString();
    }

    private static String ours(String work, String precision, String speed) {
        return "{\"work\": \"" + work + "\", \"precision\": \"" + precision + "\", \"result\": {\"images_per_second\": "
                + speed + "}}";
    }

    private static String peer(String work, String speed) {
        return "{\"peer\": \"pytorch 2.11\", \"work\": \"" + work + "\", \"images_per_second\": " + speed + "}";
    }

    @Test
    void aRowHasBothSpeedsTheirRatioAndWhetherItIsMissed() throws IOException, InterruptedException {
        String lines = file(
                "lines.jsonl",
                "2.11.0 92000 True False NVIDIA H100",
                ours("dcgan-wide", "tf32", "6226"),
                ours("dcgan-wide", "bfloat16", "5000"),
                ours("features", "float32", "5700.4"),
                ours("classify-train", "bfloat16", "1700"),
                peer("dcgan w128 k5 b64 plain fp32 ", "9999"),
                peer("dcgan w128 k5 b64 cl fp32 ", "3113"),
                peer("dcgan w128 k5 b64 cl bf16 ", "5597"),
                peer("dcgan w128 k5 b64 cl bf16 graph", "13560"),
                peer("inception features b128 cl fp32", "5089"),
                peer("inception features b128 cl bf16", "6608"),
                peer("inception train b128 cl bf16", "1846"));
        Answer answer = table("table", lines);
        assertEquals(0, answer.code(), answer.toString());
        assertEquals(
                List.of(
                        "| DCGAN step, width 128, kernel 5, batch 64 | tf32 | 6,226 | 3,113 | 2.00 | 1.0 |",
                        "| DCGAN step, width 128, kernel 5, batch 64 | bfloat16 | 5,000 | 5,597 | 0.89 (missed) | 1.0 |",
                        "| DCGAN step, width 64, kernel 4, batch 64 | - | not measured | not measured | - | 1.0 |",
                        "| Inception V3 features, 299², batch 128 | float32 | 5,700 | 5,089 in fp32 | 1.12 | 1.0 |",
                        "| Inception V3 features, 299², batch 128 | float32 | 5,700 | 6,608 in bf16 | 0.86 (missed) | 0.9 |",
                        "| Inception V3 training step, 299², batch 128 | - | not measured | not measured | - | - |",
                        "| the same in `classify train`, 1,990 images | bfloat16 | 1,700 | 1,846 | 0.92 | 0.9 |",
                        "| `gan train` with the wide DCGAN | - | not measured | 3,113 | - | - |"),
                answer.lines().subList(2, answer.lines().size()));
    }

    @Test
    void aClassifiersSpeedIsThatOfItsFastestEpochButTheFirst() throws IOException, InterruptedException {
        file("config.json", "{\"images\": 100}");
        file("stats.jsonl", "{\"seconds\": 1.0}", "{\"seconds\": 4.0}", "{\"seconds\": 2.0}");
        assertEquals(
                List.of("{\"images_per_second\": 50.0, \"seconds\": [1.0, 4.0, 2.0]}"),
                table("epochs", folder.toString()).lines());
    }

    @Test
    void cardAndCpuAreAlikeWithinTheBounds() throws IOException, InterruptedException {
        String cpu = metrics("cpu.json", "0.604387", "0.5");
        Answer alike = table("alike", metrics("near.json", "0.604390", "0.5"), cpu);
        assertEquals(0, alike.code(), alike.toString());
        // As version 0.1 was with TF32.
        Answer rounded = table("alike", metrics("tf32.json", "0.604417", "0.5"), cpu);
        assertEquals(1, rounded.code(), rounded.toString());
        assertTrue(
                rounded.lines()
                        .contains("fid: 0.604417 on the card, 0.604387 on the CPU, 5.0e-05 apart (at most 1e-05)"),
                rounded.toString());
        assertEquals(
                1, table("alike", metrics("more.json", "0.604387", "0.51"), cpu).code());
        Answer few = table("alike", file("few.json", "{\"metrics\": []}"), cpu);
        assertEquals(
                new Answer(1, List.of("fid: not measured", "precision: not measured", "recall: not measured")), few);
        assertEquals(1, table("neither").code());
    }

    private String metrics(String name, String fid, String precision) throws IOException {
        return file(
                name,
                "{\"metrics\": [{\"key\": \"fid\", \"value\": " + fid + "}, {\"key\": \"precision\", \"value\": "
                        + precision + "}, {\"key\": \"recall\", \"value\": 0.25}]}");
    }
}
