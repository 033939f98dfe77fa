package org.lesionforge.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.common.ExitCode;

/** The ensemble of a finished experiment, asked for afterwards. */
final class ExperimentEnsembleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TRIALS =
            List.of("none-seed0", "none-seed1", "oversample-seed0", "oversample-seed1");

    @TempDir
    Path folder;

    @Test
    void itIsAResultOfItsOwnForWhichNothingIsTrained() throws IOException {
        TinyExperiment tiny = new TinyExperiment(folder);
        tiny.experiment(folder.resolve("one"), "--ensemble")
                .fails(ExitCode.WRONG_USAGE, "mean over several seeds", "there is one, 0");
        tiny.experiment(folder.resolve("one"), "--ensemble", "--resplit", "--seeds=0,1")
                .fails(ExitCode.WRONG_USAGE, "each seed divides the images anew");
        assertFalse(Files.exists(folder.resolve("one")));

        Path run = folder.resolve("run");
        Invocation without = tiny.experiment(run, "--arms=none,oversample", "--seeds=0,1", "--no-models")
                .succeeds();
        assertFalse(without.out().contains("Ensemble"), without.out());
        assertFalse(Files.readString(run.resolve("report.html")).contains("id=\"table-o\""));
        List<FileTime> trained = times(run);
        JsonNode before = TinyExperiment.results(run);
        assertEquals(0, before.get("ensembles").size());
        assertEquals(1, before.at("/arms/0/tta").asInt());

        Invocation with = Invocation.of("experiment", "--out", run.toString(), "--resume", "--ensemble", "--quiet")
                .succeeds();
        assertEquals(trained, times(run));
        JsonNode results = TinyExperiment.results(run);
        assertEquals(before.get("summaries"), results.get("summaries"));
        assertEquals(before.get("comparisons"), results.get("comparisons"));
        assertTrue(with.out().contains("Ensembles: the mean prediction of the seeds 0, 1"), with.out());
        List<Double> accuracies = new ArrayList<>();
        for (String arm : List.of("none", "oversample")) {
            accuracies.add(accuracy(run, arm));
        }
        for (int i = 0; i < 2; i++) {
            JsonNode ensemble = results.get("ensembles").get(i);
            assertEquals(
                    accuracies.get(i), ensemble.at("/measures/accuracy/value").asDouble(), 1e-12);
            assertEquals(1, ensemble.at("/on_validation/thresholds").size());
        }
        JsonNode comparison = results.get("ensemble_comparisons").get(0);
        assertEquals("accuracy", comparison.get("metric").asText());
        assertEquals(
                accuracies.get(1) - accuracies.get(0),
                comparison.get("difference").asDouble(),
                1e-12);

        // The run remembers it, and its report is drawn from what the run holds.
        Files.delete(run.resolve("report.html"));
        Invocation.of("report", run.toString(), "--quiet").succeeds();
        assertTrue(Files.readString(run.resolve("report.html")).contains("id=\"table-o\""));
        Invocation.of("experiment", "--out", run.toString(), "--resume", "--quiet")
                .succeeds();
        assertEquals(results.get("ensembles"), TinyExperiment.results(run).get("ensembles"));
        assertTrue(JSON.readTree(run.resolve("config.json").toFile())
                .at("/options/ensemble")
                .asBoolean());
    }

    private static List<FileTime> times(Path run) throws IOException {
        List<FileTime> times = new ArrayList<>();
        for (String trial : TRIALS) {
            times.add(Files.getLastModifiedTime(run.resolve("arms/" + trial + "/result.json")));
        }
        return times;
    }

    /** From the predictions of both seeds alone. */
    private static double accuracy(Path run, String arm) throws IOException {
        List<String> first = lines(run, arm + "-seed0");
        List<String> second = lines(run, arm + "-seed1");
        int right = 0;
        for (int i = 0; i < first.size(); i++) {
            String[] a = first.get(i).split(",", -1);
            String[] b = second.get(i).split(",", -1);
            assertEquals(a[0], b[0]);
            double malignant = (Double.parseDouble(a[5]) + Double.parseDouble(b[5])) / 2;
            right += a[2].equals(malignant > 0.5 ? "malignant" : "benign") ? 1 : 0;
        }
        return (double) right / first.size();
    }

    private static List<String> lines(Path run, String trial) throws IOException {
        List<String> lines = Files.readAllLines(run.resolve("arms/" + trial + "/predictions-test.csv"));
        return lines.subList(1, lines.size());
    }
}
