package org.lesionforge.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.TinyDataset;
import org.lesionforge.cli.common.ExitCode;

/** A whole experiment, tiny, on phantoms; its rules are proved here anew from the files alone, by none of the program's own code. */
final class ExperimentCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path run;
    private static Invocation first;
    private static FileTime trained;

    private static List<TinyDataset.Row> rows;

    @BeforeAll
    static void runOnce() throws IOException {
        Path dataset = TinyDataset.prepare(folder, "--test", "0.25", "--validation", "0.2");
        rows = TinyDataset.rows(dataset);
        run = folder.resolve("run");
        // Two epochs teach a generator nothing.
        unlearned(run)
                .fails(
                        ExitCode.UNUSABLE_INPUT,
                        "has not learned",
                        "none of its images was added",
                        "--resume --accept-bad-generator");
        assertTrue(Files.exists(run.resolve("generators/dcgan/best.json")), "the generator stays");
        assertTrue(Files.exists(arm(run, "none").resolve("result.json")), "and the arms without it");
        assertFalse(Files.exists(run.resolve("synthetic")));
        unlearned(run, "--resume").fails(ExitCode.UNUSABLE_INPUT, "has not learned");
        trained = Files.getLastModifiedTime(run.resolve("generators/dcgan/best.json"));
        first = experiment(run, "--resume").succeeds();
    }

    @Test
    void aGeneratorThatHasNotLearnedIsTakenAsItIsWhereThatIsAccepted() throws IOException {
        assertEquals(trained, Files.getLastModifiedTime(run.resolve("generators/dcgan/best.json")));
        assertTrue(JSON.readTree(run.resolve("config.json").toFile())
                .get("accept_bad_generator")
                .asBoolean());
        assertTrue(Files.readString(run.resolve("report.html")).contains("THE GENERATOR HAS NOT LEARNED"));
    }

    private static Invocation experiment(Path out, String... more) {
        List<String> options = new ArrayList<>(List.of(more));
        options.add("--accept-bad-generator");
        return unlearned(out, options.toArray(String[]::new));
    }

    private static Invocation unlearned(Path out, String... more) {
        String[] tiny = {
            "experiment",
            folder.resolve("dataset").toString(),
            "--out",
            out.toString(),
            "--size",
            "75",
            "--epochs",
            "1",
            "--batch",
            "8",
            "--gan-size",
            "16",
            "--gan-width",
            "4",
            "--gan-epochs",
            "2",
            "--gan-snapshot-every",
            "1",
            "--quiet"
        };
        return Invocation.of(tiny, more);
    }

    private static JsonNode results(Path of) throws IOException {
        return JSON.readTree(of.resolve("results.json").toFile());
    }

    private static Set<String> ids(String label, String... parts) {
        Set<String> ids = new HashSet<>();
        rows.stream()
                .filter(row -> label.isEmpty() || row.label().equals(label))
                .filter(row -> List.of(parts).contains(row.part()))
                .forEach(row -> ids.add(row.id()));
        return ids;
    }

    private static Path arm(Path of, String name) {
        return of.resolve("arms").resolve(name + "-seed0");
    }

    @Test
    void whatAnInterruptedRunSaysResumesIt() throws IOException {
        String[] words = ExperimentSession.resumption(run).split(" ", -1);
        Invocation.of(Arrays.copyOfRange(words, 1, words.length)).succeeds();
        assertEquals(trained, Files.getLastModifiedTime(run.resolve("generators/dcgan/best.json")));
    }

    @Test
    void theGanHasSeenTrainingImagesOfItsClassAlone() throws IOException {
        List<String> seen = Files.readAllLines(run.resolve("generators/dcgan/training-ids.txt"));
        assertEquals(ids("malignant", "train"), new HashSet<>(seen));
        assertEquals(seen.size(), new HashSet<>(seen).size());
    }

    @Test
    void theCountsAddUp() throws IOException {
        int benign = ids("benign", "train").size();
        int malignant = ids("malignant", "train").size();
        int lacking = benign - malignant;
        assertTrue(lacking > 0);
        JsonNode none = results(run).get("arms").get(0);
        JsonNode dcgan = results(run).get("arms").get(1);
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
        List<String> none = Files.readAllLines(arm(run, "none").resolve("training-ids.txt"));
        List<String> dcgan = Files.readAllLines(arm(run, "dcgan").resolve("training-ids.txt"));
        assertEquals(ids("", "train"), new HashSet<>(none));
        assertEquals(none, dcgan.subList(0, none.size()));
        List<String> added = dcgan.subList(none.size(), dcgan.size());
        assertEquals(ids("benign", "train").size() - ids("malignant", "train").size(), added.size());
        for (String id : added) {
            assertTrue(Files.isRegularFile(run.resolve("synthetic/dcgan/seed0/malignant/" + id + ".png")), id);
        }
    }

    @Test
    void testFiguresFollowFromThePredictionsOnTheRealTestPart() throws IOException {
        for (JsonNode arm : results(run).get("arms")) {
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
            assertEquals(ids("", "test"), tested);
            JsonNode test = arm.get("test");
            int n = tested.size();
            assertEquals(n, test.get("n").asInt());
            for (int i = 0; i < 2; i++) {
                assertEquals(
                        ids(classes.get(i), "test").size(),
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
        JsonNode arms = results(run).get("arms");
        assertEquals(
                arms.get(1).get("test").get("accuracy").asDouble()
                        - arms.get(0).get("test").get("accuracy").asDouble(),
                results(run).get("comparisons").get(0).get("difference").asDouble(),
                1e-12);
    }

    @Test
    void everyCheckAgainstLeakageHolds() throws IOException {
        JsonNode checks = results(run).get("leakage");
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
                results(run).get("arms").get(1).get("images").get("snapshot").asInt());
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
        Invocation second = experiment(again, "--json").succeeds();
        assertEquals(
                Files.readString(run.resolve("generators/dcgan/stats.jsonl")),
                Files.readString(again.resolve("generators/dcgan/stats.jsonl")));
        assertEquals(
                Files.readString(arm(run, "dcgan").resolve("predictions-test.csv")),
                Files.readString(arm(again, "dcgan").resolve("predictions-test.csv")));
        assertEquals(withoutSeconds(results(run)), withoutSeconds(results(again)));
        assertEquals(results(again), JSON.readTree(second.out()), "--json prints results.json and nothing else");
    }

    private static JsonNode withoutSeconds(JsonNode results) {
        ((ObjectNode) results).remove("seconds");
        results.get("arms").forEach(arm -> ((ObjectNode) arm).remove("seconds"));
        return results;
    }

    @Test
    void resumingDoesWhatIsMissingAndNothingElse() throws IOException {
        Path copy = folder.resolve("resumed");
        copy(run, copy);
        JsonNode before = results(copy);
        Map<String, FileTime> times = times(copy);
        experiment(copy).fails(ExitCode.UNUSABLE_INPUT, "is not empty", "--resume");
        assertEquals(times, times(copy));
        experiment(copy, "--resume", "--synthetic", "3").fails(ExitCode.UNUSABLE_INPUT, "other options", "config.json");
        assertEquals(times, times(copy));

        experiment(copy, "--resume").succeeds();
        assertEquals(steps(times), steps(times(copy)));
        JsonNode resumed = results(copy);
        double more = resumed.get("seconds").asDouble() - before.get("seconds").asDouble();
        assertTrue(more > 0 && more < 60, "the time of this start alone is added, got " + more);
        ((ObjectNode) resumed).set("seconds", before.get("seconds"));
        assertEquals(before, resumed);

        Files.delete(arm(copy, "dcgan").resolve("result.json"));
        experiment(copy, "--resume").succeeds();
        Map<String, FileTime> after = steps(times(copy));
        for (Map.Entry<String, FileTime> file : steps(times).entrySet()) {
            // What is to be trained is the same; what came of it is made again.
            boolean plan =
                    file.getKey().endsWith("/config.json") || file.getKey().endsWith("/training-ids.txt");
            if (file.getKey().startsWith("arms/dcgan-seed0/") && !plan) {
                assertNotEquals(file.getValue(), after.get(file.getKey()), file.getKey());
            } else {
                assertEquals(file.getValue(), after.get(file.getKey()), file.getKey());
            }
        }
        assertEquals(withoutSeconds(before), withoutSeconds(results(copy)));
    }

    @Test
    void provenanceIsOfTheFirstStartWhereThatCounts() throws IOException {
        JsonNode made = JSON.readTree(run.resolve("provenance.json").toFile());
        assertEquals("experiment", made.get("command").get(0).textValue());
        assertTrue(Instant.parse(made.get("started").textValue()).isBefore(Instant.now()));
        assertTrue(made.get("libtorch").textValue().matches("\\d+\\.\\d+.*, [A-Z0-9]+"), made.toString());
        String commit = made.get("commit").asText();
        assertTrue(commit.matches("null|[0-9a-f]{40}(-dirty)?"), commit);
        Set<String> groups = Files.readAllLines(folder.resolve("dataset/images.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1)[2])
                .collect(Collectors.toSet());
        assertEquals(groups.size(), made.get("groups").intValue());

        Path copy = folder.resolve("provenance");
        copy(run, copy);
        experiment(copy, "--resume").succeeds();
        assertEquals(made, JSON.readTree(copy.resolve("provenance.json").toFile()));

        // A run that version 0.1 began: nobody knows when.
        ObjectNode old = (ObjectNode) made;
        old.remove(List.of("started", "command", "commit", "libtorch", "processor", "source", "groups"));
        Files.writeString(copy.resolve("provenance.json"), old.toString());
        experiment(copy, "--resume").succeeds();
        JsonNode now = JSON.readTree(copy.resolve("provenance.json").toFile());
        assertTrue(now.get("started").isNull() && now.get("command").isNull(), now.toString());
        assertTrue(now.get("libtorch").isTextual(), now.toString());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** When each file below {@code top} was written. */
    private static Map<String, FileTime> times(Path top) throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                times.put(top.relativize(file).toString().replace('\\', '/'), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    /** Of those files the ones that a finished step left. */
    private static Map<String, FileTime> steps(Map<String, FileTime> times) {
        Map<String, FileTime> steps = new TreeMap<>(times);
        steps.keySet().removeIf(name -> !name.matches("(arms|gan|synthetic)/.*"));
        return steps;
    }

    @Test
    void thePapersProtocolTrainsOnValidationImagesTooAndTakesTheLastOfAll() throws IOException {
        Path paper = folder.resolve("paper");
        experiment(paper, "--protocol", "paper").succeeds();
        assertEquals(
                ids("", "train", "validation"),
                new HashSet<>(Files.readAllLines(arm(paper, "none").resolve("training-ids.txt"))));
        assertEquals(
                ids("malignant", "train", "validation"),
                new HashSet<>(Files.readAllLines(paper.resolve("generators/dcgan/training-ids.txt"))));
        JsonNode results = results(paper);
        assertEquals("paper", results.get("protocol").asText());
        assertEquals(2, results.get("arms").get(1).get("images").get("snapshot").asInt());
        assertEquals(1, results.get("arms").get(1).get("best_epoch").asInt());
        results.get("leakage").forEach(check -> assertTrue(check.get("holds").asBoolean(), check.toString()));
    }

    @Test
    void aDryRunEstimatesAndWritesNothing() throws IOException {
        Path none = folder.resolve("dry");
        Invocation text = experiment(none, "--dry-run").succeeds();
        assertTrue(text.out().contains("estimated time in all "), text.out());
        assertTrue(text.out().contains("auditing the data set "), text.out());
        assertFalse(text.out().contains("{"), text.out());
        JsonNode json = JSON.readTree(experiment(none, "--dry-run", "--arms", "none", "--json")
                .succeeds()
                .out());
        assertEquals(0, json.get("estimate").get("gan_seconds").asDouble());
        JsonNode estimate = json.get("estimate");
        assertTrue(estimate.get("classifier_seconds").asDouble() > 0);
        assertEquals(0, estimate.get("opening_seconds").asDouble());
        assertTrue(estimate.get("audit_seconds").asDouble() > 0);
        assertEquals(
                estimate.get("classifier_seconds").asDouble()
                        + estimate.get("audit_seconds").asDouble()
                        + estimate.get("results_seconds").asDouble(),
                estimate.get("total_seconds").asDouble(),
                1e-9);
        experiment(none, "--dry-run", "--jobs", "0").fails(ExitCode.WRONG_USAGE, "at least 1 job", "got 0");
        assertFalse(Files.exists(none));
    }

    @Test
    void ofAGanThatIsTakenOverNoTrainingIsEstimated() throws IOException {
        String[] adopting = {
            "experiment",
            folder.resolve("dataset").toString(),
            "--out",
            folder.resolve("dry").toString(),
            "--size=75",
            "--epochs=1",
            "--batch=8",
            "--dry-run",
            "--gan",
            run.toString()
        };
        Invocation text = Invocation.of(adopting).succeeds();
        assertTrue(text.err().contains("measuring the speed of this machine (1): Inception"), text.err());
        assertTrue(text.err().contains("drawing images of 16 pixels"), text.err());
        assertFalse((text.out() + text.err()).matches("(?s).*training (a|the) GAN.*"), text.out() + text.err());
        assertTrue(
                text.out().contains("trained before, in " + run.resolve("generators/dcgan") + ": 16 pixels"),
                text.out());
        JsonNode plan =
                JSON.readTree(Invocation.of(adopting, "--json").succeeds().out());
        assertEquals(0, plan.at("/estimate/gan_seconds").asDouble());
        assertEquals(0, plan.at("/estimate/measuring_seconds").asDouble());
        assertTrue(plan.at("/estimate/drawing_seconds").asDouble() > 0);
        assertEquals(
                run.resolve("generators/dcgan").toString(), plan.get("gan_run").asText());
    }

    @Test
    void theTimeIsThatOfEverythingOverAllStarts() throws IOException {
        JsonNode results = results(run);
        double parts = JSON.readTree(run.resolve("audit/audit.json").toFile())
                .get("seconds")
                .asDouble();
        for (JsonNode arm : results.get("arms")) {
            parts += arm.get("seconds").asDouble();
        }
        double seconds = results.get("seconds").asDouble();
        assertTrue(seconds > parts, seconds + " of everything, " + parts + " of the audit and the arms");
        assertEquals("everything", results.get("seconds_of").asText());
        double noted =
                Double.parseDouble(Files.readString(run.resolve("seconds.txt")).strip());
        assertTrue(noted >= seconds, "after results.json was written: " + noted);
        assertTrue(Files.readString(run.resolve("report.html")).contains(" in all."));
        String log = Files.readString(run.resolve("log.txt"));
        assertTrue(log.contains("estimated time: "), log);
        assertTrue(log.contains("step 1 of 6, ") && log.contains("step 3 of 6, "), log);
        // Its first start ended at the GAN; what was left began with the drawing.
        assertTrue(log.contains("step 1 of 3, ") && log.contains("step 3 of 3, "), log);
    }

    @Test
    void aDryRunSaysWhichArmsAreTheSame() throws IOException {
        Invocation text = experiment(folder.resolve("dry"), "--dry-run", "--arms", "none,dcgan,dcgan+class-weights")
                .succeeds();
        assertTrue(text.out().contains("arm dcgan+class-weights is the same as dcgan here"), text.out());
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
    void whatIsNoArmIsWrongUsage() {
        Path none = folder.resolve("no-arm");
        experiment(none, "--arms", "none,dcgan:many")
                .fails(ExitCode.WRONG_USAGE, "'dcgan:many' is not an arm", "SOURCE[:N|@RATIO][+MODIFIER]", "'many'");
        experiment(none, "--arms", "none,gan").fails(ExitCode.WRONG_USAGE, "no source 'gan'", "did you mean dcgan?");
        experiment(none, "--arms", "none,external:theirs")
                .fails(ExitCode.WRONG_USAGE, "external:theirs", "--external theirs=DIR");
        experiment(none, "--arms", "none,class-weights,none+class-weights")
                .fails(ExitCode.WRONG_USAGE, "each arm once", "none+class-weights");
        assertFalse(Files.exists(none));
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
