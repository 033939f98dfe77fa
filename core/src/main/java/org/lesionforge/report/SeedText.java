package org.lesionforge.report;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmSummary;
import org.lesionforge.run.Results.Figure;

/** Says of arms that come to the same with every seed that their seeds say nothing. */
final class SeedText {
    /** Rounding of a mean of equal measures, which are shares. */
    private static final double ROUNDING = 1e-12;

    private SeedText() {}

    /**
     * A sentence on all such arms together, if there are any.
     *
     * @param results of one classifier; where each seed has its own split, equal results are a matter of luck
     */
    static Optional<String> of(Results results) {
        List<String> arms = results.summaries().stream()
                .filter(summary -> !results.resplit() && isRepeated(summary))
                .map(ArmSummary::name)
                .toList();
        if (arms.isEmpty()) {
            return Optional.empty();
        }
        boolean one = arms.size() == 1;
        return Optional.of("The results of the " + (one ? "arm " : "arms ") + String.join(", ", arms)
                + " are the same in every seed: what " + (one ? "it trains" : "they train")
                + " has no chance in it, so that the seeds do not say whether training again would show a difference.");
    }

    /** Brier score and calibration error tell where the others are equal by luck. */
    private static boolean isRepeated(ArmSummary summary) {
        Collection<Figure> figures = summary.measures().values();
        return summary.seeds().size() > 1
                && figures.stream().anyMatch(figure -> Double.isFinite(figure.value()))
                && figures.stream()
                        .filter(figure -> Double.isFinite(figure.value()))
                        .allMatch(figure -> figure.std().orElse(Double.NaN) <= ROUNDING);
    }
}
