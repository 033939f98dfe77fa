package org.lesionforge.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionforge.metric.statistics.Interval;

/** When a gain is said not to be the generator's. */
final class ControlFindingTest {
    private static Comparison gain(String arm, String metric, double difference, double low, double high) {
        return new Comparison(
                "none",
                arm,
                "inception-v3",
                metric,
                Optional.empty(),
                false,
                difference,
                new Interval(low, high),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Comparison gain(String arm, double difference, double low, double high) {
        return gain(arm, "roc_auc", difference, low, high);
    }

    @Test
    void aControlThatGainsAsMuchOrSurelyShowsTheGainToo() {
        List<ControlFinding> findings = ControlFinding.of(List.of(
                gain("both:dcgan", 0.03, 0.01, 0.05),
                gain("both:dcgan+shuffled", -0.02, -0.05, 0.01),
                gain("processed", 0.02, 0.004, 0.04),
                gain("dcgan", 0.01, -0.01, 0.03),
                gain("both:dcgan", "accuracy", 0.5, 0.4, 0.6)));
        assertEquals(
                List.of("both:dcgan/both:dcgan+shuffled", "both:dcgan/processed", "dcgan/processed"),
                findings.stream().map(each -> each.arm() + "/" + each.control()).toList(),
                "controls have no controls, and the shuffled one is of its own source");
        assertFalse(findings.get(0).alsoThere());
        assertEquals(
                "The gain of both:dcgan over none in ROC AUC (+3.0 points, 95 % CI +1.0 to +5.0) is not shown by the control"
                        + " both:dcgan+shuffled (−2.0 points, 95 % CI −5.0 to +1.0).",
                findings.get(0).sentence());
        assertTrue(findings.get(1).alsoThere(), "both intervals are above 0");
        assertTrue(findings.get(1).sentence().contains("is not the generator's: the control processed shows it, too"));
        assertTrue(findings.get(2).alsoThere(), "more than the arm");
    }

    @Test
    void aLossAndAGainWithoutControlsHaveNoFinding() {
        assertEquals(
                List.of(),
                ControlFinding.of(
                        List.of(gain("both:dcgan", -0.01, -0.02, 0.01), gain("processed", 0.02, 0.01, 0.03))));
        assertEquals(
                List.of(),
                ControlFinding.of(
                        List.of(gain("both:ddpm", 0.01, 0, 0.02), gain("both:dcgan+shuffled", 0.02, 0.01, 0.03))));
        assertEquals(
                List.of(),
                ControlFinding.of(List.of(gain("oversample", 0.01, 0, 0.02), gain("processed", 0.02, 0.01, 0.03))),
                "copies need no generator");
    }
}
