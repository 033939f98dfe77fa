package org.lesionforge.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.common.ExitCode;

/** A whole experiment, tiny, on phantoms; its rules are proved here anew from the files alone, by none of the program's own code. */
final class ExperimentCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TinyExperiment tiny;
    private static Path run;
    private static Invocation first;

    @BeforeAll
    static void runOnce() throws IOException {
        tiny = new TinyExperiment(folder);
        run = folder.resolve("run");
        first = tiny.experiment(run).succeeds();
    }

    @Test
    void theGanHasSeenTrainingImagesOfItsClassAlone() throws IOException {
        List<String> seen = Files.readAllLines(run.resolve("generators/dcgan/training-ids.txt"));
        assertEquals(tiny.ids("malignant", "train"), new HashSet<>(seen));
        assertEquals(seen.size(), new HashSet<>(seen).size());
    }

    @Test
    void theCountsAddUp() throws IOException {
        int benign = tiny.ids("benign", "train").size();
        int malignant = tiny.ids("malignant", "train").size();
        int lacking = benign - malignant;
        assertTrue(lacking > 0);
        JsonNode none = TinyExperiment.results(run).get("arms").get(0);
        JsonNode dcgan = TinyExperiment.results(run).get("arms").get(1);
        assertEquals("none", none.get("name").asText());
        assertEquals(0, none.get("synthetic").asInt());
        assertEquals(benign, none.get("train").get("benign").asInt());
        assertEquals(malignant, none.get("train").get("malignant").asInt());
        assertEquals("dcgan", dcgan.get("name").asText());
        assertEquals(lacking, dcgan.get("synthetic").asInt());
        assertEquals(benign, dcgan.get("train").get("benign").asInt());
        assertEquals(benign, dcgan.get("train").get("malignant").asInt());
        try (Stream<Path> files = Files.list(run.resolve("synthetic/dcgan/seed0/malignant"))) {
            assertEquals(lacking, files.count());
        }
        assertEquals(
                lacking + 1,
                Files.readAllLines(run.resolve("synthetic/dcgan/seed0/manifest.csv"))
                        .size());
    }

    @Test
    void armsTrainOnTheTrainingPartAndDifferInSyntheticImagesAlone() throws IOException {
        List<String> none = Files.readAllLines(TinyExperiment.arm(run, "none").resolve("training-ids.txt"));
        List<String> dcgan = Files.readAllLines(TinyExperiment.arm(run, "dcgan").resolve("training-ids.txt"));
        assertEquals(tiny.ids("", "train"), new HashSet<>(none));
        assertEquals(none, dcgan.subList(0, none.size()));
        List<String> added = dcgan.subList(none.size(), dcgan.size());
        assertEquals(
                tiny.ids("benign", "train").size()
                        - tiny.ids("malignant", "train").size(),
                added.size());
        for (String id : added) {
            assertTrue(Files.isRegularFile(run.resolve("synthetic/dcgan/seed0/malignant/" + id + ".png")), id);
        }
    }

    @Test
    void testFiguresFollowFromThePredictionsOnTheRealTestPart() throws IOException {
        for (JsonNode arm : TinyExperiment.results(run).get("arms")) {
            int[][] confusion = new int[2][2];
            Set<String> tested = new HashSet<>();
            List<String> classes = List.of("benign", "malignant");
            List<String> lines =
                    Files.readAllLines(run.resolve(arm.get("folder").asText()).resolve("predictions-test.csv"));
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                tested.add(cells[0]);
                boolean malignant = Double.parseDouble(cells[5]) > Double.parseDouble(cells[4]);
                confusion[classes.indexOf(cells[2])][malignant ? 1 : 0]++;
            }
            assertEquals(tiny.ids("", "test"), tested);
            JsonNode test = arm.get("test");
            int n = tested.size();
            assertEquals(n, test.get("n").asInt());
            for (int i = 0; i < 2; i++) {
                assertEquals(
                        tiny.ids(classes.get(i), "test").size(),
                        test.get("per_class").get(classes.get(i)).get("support").asInt());
                for (int j = 0; j < 2; j++) {
                    assertEquals(
                            confusion[i][j], test.get("confusion").get(i).get(j).asInt());
                }
            }
            double accuracy = (confusion[0][0] + confusion[1][1]) / (double) n;
            assertEquals(accuracy, test.get("accuracy").asDouble(), 1e-12);
            assertTrue(first.out().contains(String.format(Locale.ROOT, "%.4f", accuracy)), first.out());
        }
        JsonNode arms = TinyExperiment.results(run).get("arms");
        assertEquals(
                arms.get(1).get("test").get("accuracy").asDouble()
                        - arms.get(0).get("test").get("accuracy").asDouble(),
                TinyExperiment.results(run)
                        .get("comparisons")
                        .get(0)
                        .get("difference")
                        .asDouble(),
                1e-12);
    }

    @Test
    void everyCheckAgainstLeakageHolds() throws IOException {
        JsonNode checks = TinyExperiment.results(run).get("leakage");
        assertTrue(checks.size() >= 9, checks.toString());
        checks.forEach(check -> assertTrue(check.get("holds").asBoolean(), check.toString()));
    }

    @Test
    void strictTakesTheLatestSnapshotThatIsAsNearToTheValidationImagesAsTheNearest() throws IOException {
        // Neither has learned, so both are to choose from.
        List<JsonNode> distances = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("generators/dcgan/metrics.jsonl"))) {
            for (JsonNode metric : JSON.readTree(line).get("metrics")) {
                if (metric.get("key").asText().equals("kid_validation")) {
                    distances.add(metric);
                }
            }
        }
        assertEquals(2, distances.size());
        JsonNode earlier = distances.get(0);
        JsonNode later = distances.get(1);
        boolean isFarther = later.get("value").asDouble() > earlier.get("value").asDouble()
                && later.get("ci95").get(0).asDouble()
                        > earlier.get("ci95").get(1).asDouble();
        int epoch = isFarther ? 1 : 2;
        assertEquals(
                epoch,
                JSON.readTree(run.resolve("generators/dcgan/best.json").toFile())
                        .get("epoch")
                        .asInt());
        assertEquals(
                epoch,
                TinyExperiment.results(run)
                        .get("arms")
                        .get(1)
                        .get("images")
                        .get("snapshot")
                        .asInt());
    }

    @Test
    void theReportIsOneFileThatNeedsNothingElse() throws IOException {
        String page = Files.readString(run.resolve("report.html"));
        Matcher outside = Pattern.compile("(?:src|href)\\s*=\\s*[\"'](?!data:|#)([^\"']*)")
                .matcher(page);
        assertFalse(outside.find(), () -> "refers to " + outside.group(1));
        assertFalse(
                Pattern.compile("@import|url\\(\\s*[\"']?http").matcher(page).find());
        assertTrue(page.contains("<svg"));
        assertTrue(first.out().contains("report: "), first.out());
    }

    @Test
    void theSameExperimentGivesTheSameResults() throws IOException {
        Path again = folder.resolve("again");
        Invocation second = tiny.experiment(again, "--json").succeeds();
        assertEquals(
                Files.readString(run.resolve("generators/dcgan/stats.jsonl")),
                Files.readString(again.resolve("generators/dcgan/stats.jsonl")));
        assertEquals(
                Files.readString(TinyExperiment.arm(run, "dcgan").resolve("predictions-test.csv")),
                Files.readString(TinyExperiment.arm(again, "dcgan").resolve("predictions-test.csv")));
        assertEquals(
                TinyExperiment.withoutSeconds(TinyExperiment.results(run)),
                TinyExperiment.withoutSeconds(TinyExperiment.results(again)));
        assertEquals(
                TinyExperiment.results(again),
                JSON.readTree(second.out()),
                "--json prints results.json and nothing else");
    }

    @Test
    void thePapersProtocolTrainsOnValidationImagesTooAndTakesTheLastOfAll() throws IOException {
        Path paper = folder.resolve("paper");
        tiny.experiment(paper, "--protocol", "paper").succeeds();
        assertEquals(
                tiny.ids("", "train", "validation"),
                new HashSet<>(
                        Files.readAllLines(TinyExperiment.arm(paper, "none").resolve("training-ids.txt"))));
        assertEquals(
                tiny.ids("malignant", "train", "validation"),
                new HashSet<>(Files.readAllLines(paper.resolve("generators/dcgan/training-ids.txt"))));
        JsonNode results = TinyExperiment.results(paper);
        assertEquals("paper", results.get("protocol").asText());
        assertEquals(2, results.get("arms").get(1).get("images").get("snapshot").asInt());
        assertEquals(1, results.get("arms").get(1).get("best_epoch").asInt());
        results.get("leakage").forEach(check -> assertTrue(check.get("holds").asBoolean(), check.toString()));
    }

    @Test
    void comparingPrintsLinesAndOneDocument() throws IOException {
        String text = Invocation.of("compare", run.toString()).succeeds().out();
        assertTrue(text.lines().count() > 5 && !text.contains("\\n"), text);
        String json =
                Invocation.of("compare", run.toString(), "--json").succeeds().out();
        assertEquals(1, JSON.readTree(json).get("runs").size());
    }

    @Test
    void samplingTwiceGivesTheSameBytes() throws IOException {
        List<List<byte[]>> sets = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            Path out = folder.resolve(name);
            Invocation.of(
                            "gan",
                            "sample",
                            run.resolve("generators/dcgan").toString(),
                            "--count",
                            "3",
                            "--out",
                            out.toString())
                    .succeeds();
            List<byte[]> files = new ArrayList<>();
            files.add(Files.readAllBytes(out.resolve("manifest.csv")));
            for (int i = 0; i < 3; i++) {
                files.add(Files.readAllBytes(out.resolve("malignant/synthetic-dcgan-0000" + i + ".png")));
            }
            sets.add(files);
        }
        for (int i = 0; i < 4; i++) {
            assertArrayEquals(sets.get(0).get(i), sets.get(1).get(i));
        }
        Invocation.of(
                        "gan",
                        "sample",
                        run.resolve("generators/dcgan").toString(),
                        "--count",
                        "1",
                        "--out",
                        "x",
                        "--snapshot",
                        "9")
                .fails(ExitCode.UNUSABLE_INPUT, "no snapshot of epoch 9", "[1, 2]");
    }
}
