package org.lesionforge.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Invocation;
import org.lesionforge.cli.common.ExitCode;

/** An arm that is given up: what a user sees of it, and how to go on. */
final class GivenUpArmCommandTest {
    @TempDir
    Path folder;

    @Test
    void theResultsAreThereAndTheExitCodeSaysThatOneIsMissing() throws IOException {
        TinyExperiment tiny = new TinyExperiment(folder);
        Path run = folder.resolve("run");
        Invocation given = tiny.experiment(run, "--arms", "none,dcgan,dcgan+filtered");
        assertEquals(ExitCode.UNUSABLE_INPUT, given.exitCode(), given.err());
        assertTrue(given.out().contains("report: "), given.out());
        assertTrue(given.out().contains("The arm dcgan+filtered was given up"), given.out());
        String last = given.err().lines().reduce("", (before, line) -> line);
        assertTrue(last.startsWith("lesionforge: the arm dcgan+filtered was given up: "), given.err());
        assertTrue(
                last.endsWith("All other arms are finished and in the report; to have no more of dcgan+filtered:"
                        + " lesionforge experiment --out " + run + " --resume --arms none,dcgan"),
                last);
        JsonNode results = TinyExperiment.results(run);
        assertEquals(2, results.get("arms").size());
        assertEquals("dcgan+filtered", results.at("/unable_arms/0/name").asText());
        assertTrue(Files.readString(run.resolve("report.html")).contains("The arm dcgan+filtered was given up"));

        Invocation.of("experiment", "--out", run.toString(), "--resume", "--arms", "none,dcgan", "--quiet")
                .succeeds();
        assertFalse(TinyExperiment.results(run).has("unable_arms"));
        assertFalse(Files.readString(run.resolve("report.html")).contains("was given up"));
    }
}
