package org.lesionforge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.report.page.Report;
import org.lesionforge.run.RunFiles;

/** What the page says of the generator, in red on its first screen and where the snapshot was chosen. */
final class GeneratorTextTest {
    @TempDir
    private Path run;

    @BeforeEach
    void write() throws Exception {
        FakeRun.complete(run);
        best(22);
    }

    private void best(int validationImages) throws Exception {
        FakeRun.write(
                run,
                "gan/best.json",
                """
                {"epoch": 20, "weights": "raw", "reason": "r", "distance": 0.4, "ci95": [0.3, 0.5], "validation_images": %d}
                """
                        .formatted(validationImages));
    }

    private static String line(
            int epoch, String name, double distance, double spread, double precision, double recall) {
        return """
                {"epoch": %d, "iteration": 1, "weights": "raw", "missing": [], "metrics": [\
                {"key": "kid_validation", "name": "%s", "value": %s, "std": null, "recipe": "n"},\
                {"key": "spread", "name": "s", "value": %s, "std": null, "recipe": "n"},\
                {"key": "precision", "name": "p", "value": %s, "std": null, "recipe": "n"},\
                {"key": "recall", "name": "r", "value": %s, "std": null, "recipe": "n"}]}
                """
                .formatted(epoch, name, distance, spread, precision, recall);
    }

    private void measured(double spread, double precision, double recall) throws Exception {
        // Another snapshot than the one that was used says nothing.
        FakeRun.write(
                run,
                "gan/metrics.jsonl",
                line(10, "kd[x]", 1, 0.1, 0, 0) + line(20, "kd[x]", 1, spread, precision, recall));
    }

    private Optional<String> warning() {
        return new GeneratorText(new RunFiles(run).generators().get(0)).warning();
    }

    @Test
    void eachSplitHasAGeneratorAndBeforeTheEndItIsSpokenOfToo() throws Exception {
        measured(0.9, 0.5, 0);
        for (String file : new String[] {"best.json", "metrics.jsonl"}) {
            FakeRun.write(run, "splits/seed3/gan/" + file, Files.readString(run.resolve("gan/" + file)));
        }
        FakeRun.write(run, "splits/seed4/gan/config.json", "{}");
        Files.delete(run.resolve("results.json"));
        String page = Files.readString(Report.write(run));
        String words = "recall is 0: no real image lies among those that it draws.";
        assertTrue(page.contains(words + "</p>") && page.contains(words + " (seed3)</p>"), page);
    }

    @Test
    void recallOfZeroIsARedLineOnTheFirstScreen() throws Exception {
        measured(0.9, 0.5, 0);
        String page = Files.readString(Report.write(run));
        int line = page.indexOf("<p class=\"missing alarm\">✗ The generator’s recall is 0");
        assertTrue(line > 0 && line < page.indexOf("</header>"), page);
        assertTrue(page.contains(".alarm {"));
    }

    @Test
    void whatHasNotLearnedIsNamedWithTheReasonAndWhatHasIsNot() throws Exception {
        measured(0.15, 0, 0);
        assertTrue(
                warning().orElseThrow().contains("NOT LEARNED")
                        && warning().orElseThrow().contains("0.15")
                        && warning().orElseThrow().contains("precision and recall are both 0"),
                warning().toString());
        measured(0.9, 0.5, 0.1);
        assertEquals(Optional.empty(), warning());
        // Runs before there were such measures.
        FakeRun.ganTraining(run);
        assertEquals(Optional.empty(), warning());
    }

    @Test
    void aChoiceOnFewImagesMeansLittle() throws Exception {
        measured(0.9, 0.5, 0.1);
        String words = "chosen on 22 validation images. With fewer than 50 that choice means little";
        assertTrue(Files.readString(Report.write(run)).contains(words));
        best(50);
        assertFalse(Files.readString(Report.write(run)).contains("means little"));
    }

    @Test
    void valuesOfAnotherNameAreNotDrawnIntoOneCurve() throws Exception {
        FakeRun.write(
                run,
                "gan/metrics.jsonl",
                line(10, "kd[own-classifier]", -14493, 1, 1, 1)
                        + line(20, "kd[own-classifier, normalised]", 0.4, 1, 1, 1)
                        + line(30, "kd[own-classifier, normalised]", 0.5, 1, 1, 1));
        Report.write(run);
        String figure = Files.readString(run.resolve("figures/fig6-kid.svg"));
        assertTrue(figure.contains("own-classifier, normalised]") && !figure.contains("own-classifier]"), figure);
        assertFalse(figure.contains(">-1") || figure.contains(">−1"), "no axis to −14,493: " + figure);
    }
}
