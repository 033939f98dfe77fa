package org.lesionforge.cli.experiment;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.common.ExitCode;

/** An experiment of several starts: the first ends at a generator that has not learned. */
final class ExperimentStartsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TinyExperiment tiny;
    private static Path run;
    private static FileTime trained;

    @BeforeAll
    static void runOnce() throws IOException {
        tiny = new TinyExperiment(folder, "inception-v3");
        run = folder.resolve("run");
        // Two epochs teach a generator nothing.
        tiny.unlearned(run)
                .fails(
                        ExitCode.UNUSABLE_INPUT,
                        "has not learned",
                        "none of its images was added",
                        "--resume --accept-bad-generator");
        assertTrue(Files.exists(run.resolve("generators/dcgan/best.json")), "the generator stays");
        assertTrue(Files.exists(TinyExperiment.arm(run, "none").resolve("result.json")), "and the arms without it");
        assertFalse(Files.exists(run.resolve("synthetic")));
        tiny.unlearned(run, "--resume").fails(ExitCode.UNUSABLE_INPUT, "has not learned");
        trained = Files.getLastModifiedTime(run.resolve("generators/dcgan/best.json"));
        tiny.experiment(run, "--resume").succeeds();
    }

    @Test
    void aGeneratorThatHasNotLearnedIsTakenAsItIsWhereThatIsAccepted() throws IOException {
        assertEquals(trained, Files.getLastModifiedTime(run.resolve("generators/dcgan/best.json")));
        assertTrue(JSON.readTree(run.resolve("config.json").toFile())
                .get("accept_bad_generator")
                .asBoolean());
        assertTrue(Files.readString(run.resolve("report.html")).contains("THE GENERATOR HAS NOT LEARNED"));
    }

    @Test
    void whatAnInterruptedRunSaysResumesIt() throws IOException {
        String[] words = ExperimentSession.resumption(run).split(" ", -1);
        Invocation.of(Arrays.copyOfRange(words, 1, words.length)).succeeds();
        assertEquals(trained, Files.getLastModifiedTime(run.resolve("generators/dcgan/best.json")));
    }

    @Test
    void resumingDoesWhatIsMissingAndNothingElse() throws IOException {
        Path copy = folder.resolve("resumed");
        copy(run, copy);
        JsonNode before = TinyExperiment.results(copy);
        Map<String, FileTime> times = times(copy);
        tiny.experiment(copy).fails(ExitCode.UNUSABLE_INPUT, "is not empty", "--resume");
        assertEquals(times, times(copy));
        tiny.experiment(copy, "--resume", "--synthetic", "3")
                .fails(ExitCode.UNUSABLE_INPUT, "other options", "config.json");
        assertEquals(times, times(copy));

        tiny.experiment(copy, "--resume").succeeds();
        assertEquals(steps(times), steps(times(copy)));
        JsonNode resumed = TinyExperiment.results(copy);
        double more = resumed.get("seconds").asDouble() - before.get("seconds").asDouble();
        assertTrue(more > 0 && more < 60, "the time of this start alone is added, got " + more);
        ((ObjectNode) resumed).set("seconds", before.get("seconds"));
        assertEquals(before, resumed);

        Files.delete(TinyExperiment.arm(copy, "dcgan").resolve("result.json"));
        tiny.experiment(copy, "--resume").succeeds();
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
        assertEquals(
                TinyExperiment.withoutSeconds(before), TinyExperiment.withoutSeconds(TinyExperiment.results(copy)));
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
        tiny.experiment(copy, "--resume").succeeds();
        assertEquals(made, JSON.readTree(copy.resolve("provenance.json").toFile()));

        // A run that version 0.1 began: nobody knows when.
        ObjectNode old = (ObjectNode) made;
        old.remove(List.of("started", "command", "commit", "libtorch", "processor", "source", "groups", "classifiers"));
        Files.writeString(copy.resolve("provenance.json"), old.toString());
        tiny.experiment(copy, "--resume").succeeds();
        JsonNode now = JSON.readTree(copy.resolve("provenance.json").toFile());
        assertTrue(now.get("started").isNull() && now.get("command").isNull(), now.toString());
        assertTrue(now.get("libtorch").isTextual(), now.toString());
    }

    @Test
    void theTimeIsThatOfEverythingOverAllStarts() throws IOException {
        JsonNode results = TinyExperiment.results(run);
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
}
