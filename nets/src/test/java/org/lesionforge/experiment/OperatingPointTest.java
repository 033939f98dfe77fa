package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.Predictions;
import org.lesionforge.experiment.arm.Additions;
import org.lesionforge.experiment.statistics.Statistics;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.report.RunsTable;
import org.lesionforge.report.page.Report;
import org.lesionforge.run.Budget;
import org.lesionforge.run.Comparison;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunLayout.ArmLayout;
import org.lesionforge.run.Trial;
import org.lesionforge.run.arm.Arm;

/** A run whose sensitivity falls while its ROC AUC stands: 9 of 18 melanomas found at ½ become 3, and all stay found at the validation threshold. */
final class OperatingPointTest {
    private static final Optional<OperatingPoint> HALF = Optional.of(OperatingPoint.HALF);

    @TempDir
    Path folder;

    /**
     * Log-odds of 18 melanomas and 51 others: 9 melanomas and 5 others are above 0, of them 3 and none by more than 1.5, which the second arm
     * subtracts. One melanoma is moved from above one other to below it there, so that the areas are not quite equal.
     */
    private static void write(Path file, double shift, double moved) throws IOException {
        double[] malignant = {
            2.5, 2.4, 2.3, 1.2, 1.1, 1, 0.9, 0.8, 0.7, -0.4, -0.5, -0.6, -1, -1.1, -1.2, -1.3, -1.4, moved
        };
        double[] benign = new double[51];
        for (int i = 0; i < benign.length; i++) {
            benign[i] = i < 5 ? 0.5 + 0.01 * i : i == 5 ? -0.45 : -2 - 0.1 * i;
        }
        List<String> lines = new ArrayList<>(List.of("id,group,truth,prediction,p_benign,p_malignant"));
        for (int i = 0; i < malignant.length; i++) {
            lines.add(line("m" + i, "malignant", malignant[i] + shift));
        }
        for (int i = 0; i < benign.length; i++) {
            lines.add(line("b" + i, "benign", benign[i] + shift));
        }
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    private static String line(String id, String truth, double logOdds) {
        double p = 1 / (1 + Math.exp(-logOdds));
        return String.format(
                Locale.ROOT, "%s,%s,%s,%s,%.8f,%.8f", id, id, truth, p > 0.5 ? "malignant" : "benign", 1 - p, p);
    }

    private static ArmResult arm(Path run, Arm arm, double shift, double moved, boolean validation) throws IOException {
        String name = "arms/" + arm.word() + "-seed0";
        ArmLayout files = new ArmLayout(run.resolve(name));
        write(files.testPredictions(), shift, moved);
        if (validation) {
            write(files.validationPredictions(), shift, moved);
        }
        Predictions test = Predictions.readCsv(files.testPredictions());
        return new ArmResult(
                arm.word(),
                "inception-v3",
                ExperimentOptions.DEFAULTS.title(
                        new Trial(arm, new Trial.Classifier("inception-v3", "Inception V3", true), 0)),
                0,
                Optional.empty(),
                0,
                Map.of("benign", 9, "malignant", 9),
                1,
                Optional.of(1.0),
                1,
                test.evaluation("malignant"),
                Optional.empty(),
                1,
                name,
                1);
    }

    private Results results(Path out, Protocol protocol) throws IOException {
        ExperimentOptions options = ExperimentOptions.DEFAULTS
                .with()
                .protocol(protocol)
                .additions(new Additions(null, 1, false))
                .keepModels(false)
                .classifier(ClassifierOptions.paper())
                .build();
        boolean validation = protocol == Protocol.STRICT;
        try (RunDirectory run = RunDirectory.open(out, Map.of("options", options), false)) {
            List<ArmResult> arms = List.of(
                    arm(out, Arm.NONE, 0, -1.9, validation), arm(out, Arm.of("dcgan"), -1.5, -2.65, validation));
            Statistics statistics = Statistics.of(arms, options.resplit(), options.seed(), run);
            Results results = new Results(
                    1,
                    protocol.word(),
                    Budget.STEPS,
                    false,
                    "malignant",
                    new Results.DatasetSummary("d", List.of("benign", "malignant"), 69, Map.of(), "ab", Map.of()),
                    Optional.empty(),
                    arms,
                    List.of(),
                    List.of(),
                    statistics.summaries(List.of(0L)),
                    Results.MajorityGuess.of(arms.stream().map(ArmResult::test).toList()),
                    statistics.comparisons(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    "fd[own-classifier]",
                    1,
                    Optional.of(Results.EVERYTHING),
                    List.of());
            Json.write(out.resolve("results.json"), results);
            return results;
        }
    }

    private static Comparison find(Results results, String metric, Optional<OperatingPoint> point) {
        return results.comparisons().stream()
                .filter(c -> c.metric().equals(metric) && c.operatingPoint().equals(point))
                .findFirst()
                .orElseThrow();
    }

    /** The first screen as a reader sees it. */
    private static String page(Path out) throws IOException {
        return Files.readString(Report.write(out)).replaceAll("<[^>]+>", " ");
    }

    @Test
    void aShiftOfTheOperatingPointIsCalledThat() throws IOException {
        Results results = results(folder.resolve("run"), Protocol.STRICT);
        Comparison half = find(results, "sensitivity", HALF);
        assertEquals(-6.0 / 18, half.difference(), 1e-12);
        assertEquals(2 * Math.pow(0.5, 6), half.pValue().orElseThrow(), 1e-12, "six melanomas, all lost");
        assertFalse(half.planned());
        assertEquals(Optional.empty(), half.pHolm(), "described, not adjusted");
        assertEquals(5.0 / 51, find(results, "specificity", HALF).difference(), 1e-12);
        Comparison chosen = find(results, "sensitivity", Optional.of(OperatingPoint.VALIDATION));
        assertEquals(0, chosen.difference(), 1e-12);
        assertTrue(chosen.planned());
        assertEquals(Optional.of(1.0), chosen.pHolm());
        Comparison area = find(results, "roc_auc", Optional.empty());
        assertEquals(-1.0 / (18 * 51), area.difference(), 1e-12, "one pair of 918");
        assertTrue(area.planned());
        Comparison accuracy = find(results, "accuracy", HALF);
        assertFalse(accuracy.planned());
        assertEquals(Optional.empty(), accuracy.pHolm());
        assertEquals(
                3, results.comparisons().stream().filter(Comparison::planned).count());
        assertEquals(Optional.of(new Results.MajorityGuess("benign", 51.0 / 69)), results.majorityGuess());

        String page = page(folder.resolve("run"));
        assertTrue(
                page.contains(
                        "“Balanced with DCGAN images” is not shown to change ROC AUC or sensitivity at the validation"
                                + " threshold or specificity at the validation threshold by more than chance."),
                page);
        assertTrue(page.contains("at ½: sensitivity falls from 0.500 to 0.167 (−33.3 points, 95 % CI −5"), page);
        assertTrue(page.contains("3 instead of 9 of 18 “malignant” found"), page);
        assertTrue(page.contains("specificity rises from 0.902 to 1.000"), page);
        assertTrue(
                page.contains("a shift of the operating point, for ROC AUC is not shown to change (−0.1 points"), page);
        assertTrue(
                page.contains("At the threshold chosen on validation: sensitivity stays at 1.000 (+0.0 points"), page);
        assertTrue(page.contains("Accuracy is 0.797 (“Original data”), 0.783 (“Balanced with DCGAN images”);"), page);
        assertTrue(page.contains("always “benign”: 0.739."), page);
        assertTrue(page.contains("descriptive"), "Table B marks what was not planned");
    }

    @Test
    void withoutAValidationPartThePageSaysThatThereIsNoThreshold() throws IOException {
        Results results = results(folder.resolve("paper"), Protocol.PAPER);
        assertEquals(
                List.of("roc_auc"),
                results.comparisons().stream()
                        .filter(Comparison::planned)
                        .map(Comparison::metric)
                        .toList());
        String page = page(folder.resolve("paper"));
        assertTrue(page.contains("is not shown to change ROC AUC by more than chance"), page);
        assertTrue(page.contains("Protocol “paper” has no validation part, so there is no threshold"), page);
        assertTrue(page.contains("a shift of the operating point"), page);
    }

    @Test
    void runsAreComparedAtBothPoints() throws IOException {
        results(folder.resolve("run"), Protocol.STRICT);
        String text = new RunsTable(List.of(folder.resolve("run"))).text();
        assertTrue(text.contains("Differences in sensitivity at the validation threshold, percentage points"), text);
        assertTrue(text.contains("descriptive"), "accuracy: " + text);
    }
}
