package org.lesionforge.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.Temperature;
import org.lesionforge.report.RunFiles.ArmFolder;
import org.lesionforge.report.figure.Tone;

/**
 * An arm's stored predictions, one file per seed, and what follows from them.
 *
 * @param tone of its lines
 * @param positive the class that is looked for
 * @param tests of the same images each; where every seed has a test part of its own, that of the first seed alone
 * @param validations in the order of {@code tests}; empty unless every seed has one with both classes
 */
public record ScoredArm(
        ArmRuns arm, Tone tone, String positive, List<PredictionsFile> tests, List<PredictionsFile> validations) {
    /** The bootstrap of a report starts here, so that drawing it again changes nothing. */
    public static final long SEED = 0;

    /** The arms that have test predictions of both classes. */
    public static List<ScoredArm> of(RunFiles run, List<ArmRuns> arms) {
        String positive = run.results().map(results -> results.text("positive")).orElse("");
        List<ScoredArm> scored = new ArrayList<>();
        for (int i = 0; i < arms.size() && !positive.isEmpty(); i++) {
            ScoredArm arm = of(run, arms.get(i), Tone.ofArm(i), positive);
            if (!arm.tests.isEmpty()) {
                scored.add(arm);
            }
        }
        return scored;
    }

    private static ScoredArm of(RunFiles run, ArmRuns arm, Tone tone, String positive) {
        List<PredictionsFile> tests = new ArrayList<>();
        List<PredictionsFile> validations = new ArrayList<>();
        for (ArmFolder folder : run.armFolders()) {
            if (folder.entry()
                    .filter(entry -> entry.text("name").equals(arm.name()))
                    .isEmpty()) {
                continue;
            }
            Optional<PredictionsFile> test = folder.predictions("test", positive);
            test.ifPresent(found -> folder.requireTested(found.ids().size()));
            boolean sameImages = test.isPresent()
                    && (tests.isEmpty() || test.get().ids().equals(tests.get(0).ids()));
            if (sameImages && test.get().hasBothSides(positive)) {
                tests.add(test.get());
                folder.predictions("validation", positive)
                        .filter(validation -> validation.hasBothSides(positive))
                        .ifPresent(validations::add);
            }
        }
        return new ScoredArm(arm, tone, positive, tests, validations.size() == tests.size() ? validations : List.of());
    }

    public String title() {
        return arm.title();
    }

    public List<String> groups() {
        return tests.get(0).groups();
    }

    /** One per seed. */
    public List<Outcomes> outcomes() {
        return tests.stream().map(test -> test.outcomes(positive)).toList();
    }

    /** Fitted on each seed's validation images; none without them. */
    public List<Temperature> temperatures() {
        return validations.stream()
                .map(validation -> Temperature.fit(validation.truth(), validation.probabilities()))
                .toList();
    }

    /** As {@link #outcomes}, each seed with its own temperature. */
    public List<Outcomes> outcomesWith(List<Temperature> temperatures) {
        List<Outcomes> outcomes = new ArrayList<>();
        for (int i = 0; i < temperatures.size(); i++) {
            outcomes.add(tests.get(i).with(temperatures.get(i)).outcomes(positive));
        }
        return outcomes;
    }

    public static double mean(Measure measure, List<Outcomes> seeds) {
        return seeds.stream().mapToDouble(measure::of).average().orElseThrow();
    }
}
