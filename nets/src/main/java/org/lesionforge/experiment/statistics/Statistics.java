package org.lesionforge.experiment.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesionforge.experiment.statistics.ArmComparison.Role;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.Estimate;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.Outcomes;
import org.lesionforge.metric.Temperature;
import org.lesionforge.metric.Threshold;
import org.lesionforge.metric.statistics.GroupBootstrap;
import org.lesionforge.metric.statistics.Holm;
import org.lesionforge.metric.statistics.Repeats;
import org.lesionforge.run.ArmPredictions;
import org.lesionforge.run.Comparison;
import org.lesionforge.run.OverNetworks;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.Results.ArmSummary;
import org.lesionforge.run.Results.Figure;
import org.lesionforge.run.Results.OnValidation;

/** What an experiment's predictions come to: every arm's figures with their uncertainty, and every arm against the first. */
public final class Statistics {
    /**
     * What was planned to be tested at the threshold from the validation part, beside ROC AUC, which needs none: all these tests make the
     * family that Holm's adjustment is for.
     */
    private static final List<Measure> PLANNED = List.of(Measure.SENSITIVITY, Measure.SPECIFICITY);

    /** Tested with the most probable class as the prediction: balancing moves that operating point, so the tests describe. */
    private static final List<Measure> DESCRIBED = List.of(Measure.ACCURACY, Measure.SENSITIVITY, Measure.SPECIFICITY);

    private final List<Tested> arms;
    private final boolean resplit;
    private final long seed;
    /** Whether the tests were named before the experiment began. */
    private final boolean planned;

    private Statistics(List<Tested> arms, boolean resplit, long seed, boolean planned) {
        this.arms = arms;
        this.resplit = resplit;
        this.seed = seed;
        this.planned = planned;
    }

    /**
     * Reads the predictions of all arms.
     *
     * @param results classifier by classifier, arm by arm, seed by seed, fold by fold; folds are pooled
     * @param resplit whether each seed has its own split
     * @param seed of the experiment, from which the bootstrap's resamples follow
     * @param predictions where those of each result are read
     * @return their statistics, not computed yet
     * @throws org.lesionforge.io.UnusableInputException when predictions are missing or damaged
     */
    public static Statistics of(List<ArmResult> results, boolean resplit, long seed, StoredPredictions predictions) {
        Map<List<String>, List<ArmResult>> byArm = new LinkedHashMap<>();
        results.forEach(result -> byArm.computeIfAbsent(
                        List.of(result.classifier(), result.name()), unused -> new ArrayList<>())
                .add(result));
        return new Statistics(
                byArm.values().stream()
                        .map(ofArm -> Tested.read(ofArm, predictions))
                        .toList(),
                resplit,
                new Seed(seed).of("bootstrap").value(),
                true);
    }

    /**
     * The same of ensembles: of the mean prediction of each arm's seeds, as if it were one classifier. Threshold and temperature are fitted to
     * the mean prediction of the validation images, and no test is planned.
     *
     * @return their statistics, not computed yet
     * @throws org.lesionforge.io.UnusableInputException when the seeds of an arm are not of the same images
     */
    public Statistics ofEnsembles() {
        return new Statistics(arms.stream().map(Tested::ensemble).toList(), resplit, seed, false);
    }

    /**
     * Every arm's figures, with their 95% intervals.
     *
     * @param seeds that the arms were trained with
     * @return a summary for each arm, in the order of the results
     */
    public List<ArmSummary> summaries(List<Long> seeds) {
        return arms.stream().map(arm -> summary(arm, seeds)).toList();
    }

    private ArmSummary summary(Tested arm, List<Long> seeds) {
        ArmPredictions predictions = arm.predictions();
        return new ArmSummary(
                arm.name(),
                arm.classifier(),
                arm.title(),
                seeds,
                figures(List.of(Measure.values()), predictions.outcomes(), predictions),
                onValidation(predictions));
    }

    private Optional<OnValidation> onValidation(ArmPredictions arm) {
        if (arm.validations().isEmpty()) {
            return Optional.empty();
        }
        List<Threshold> thresholds = arm.thresholds();
        List<Temperature> temperatures = arm.temperatures();
        return Optional.of(new OnValidation(
                thresholds,
                figures(
                        Stream.of(Measure.values())
                                .filter(Measure::dependsOnThreshold)
                                .toList(),
                        arm.at(thresholds),
                        arm),
                temperatures.stream().map(Temperature::value).toList(),
                figures(List.of(Measure.BRIER, Measure.ECE), arm.with(temperatures), arm)));
    }

    private Map<String, Figure> figures(List<Measure> measures, List<Outcomes> outcomes, ArmPredictions arm) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (Measure measure : measures) {
            Repeats overSeeds =
                    Repeats.of(outcomes.stream().mapToDouble(measure::of).toArray());
            // Each split has other test images: what differs from seed to seed is then all the uncertainty there is.
            Figure figure = new Figure(
                    overSeeds.mean(),
                    resplit
                            ? overSeeds.ci95()
                            : estimate(measure, outcomes, arm).ci95(),
                    overSeeds.n() == 1 ? Optional.empty() : Optional.of(overSeeds.std()));
            figures.put(measure.word(), figure);
        }
        return figures;
    }

    private Estimate estimate(Measure measure, List<Outcomes> outcomes, ArmPredictions arm) {
        return Estimate.of(measure, outcomes, new GroupBootstrap(arm.groups(), seed));
    }

    /**
     * Every arm but the first against the first with the same classifier, measure by measure.
     *
     * @return the comparisons; p of the planned ones is adjusted together, after Holm (1979)
     */
    public List<Comparison> comparisons() {
        List<Comparison> comparisons = new ArrayList<>();
        Map<String, Tested> firsts = new LinkedHashMap<>();
        for (Tested other : arms) {
            Tested first = firsts.putIfAbsent(other.classifier(), other);
            if (first == null) {
                continue;
            }
            ArmComparison atHalf = ArmComparison.atHalf(first, other, resplit, seed);
            for (Measure measure : Measure.values()) {
                comparisons.add(atHalf.of(measure, role(measure)));
            }
            ArmComparison.atValidation(first, other, resplit, seed)
                    .ifPresent(atValidation ->
                            PLANNED.forEach(measure -> comparisons.add(atValidation.of(measure, named()))));
        }
        double[] adjusted = Holm.adjust(comparisons.stream()
                .mapToDouble(c -> c.planned() ? c.pValue().orElseThrow() : Double.NaN)
                .toArray());
        List<Comparison> family = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            Comparison comparison = comparisons.get(i);
            family.add(comparison.planned() ? comparison.withHolm(adjusted[i]) : comparison);
        }
        return family;
    }

    /**
     * Every arm but the first against the first over all networks, in each measure that is tested.
     *
     * @param comparisons of {@link #comparisons}
     * @return one for each arm, measure and operating point; none where there is one network
     */
    public List<OverNetworks> overNetworks(List<Comparison> comparisons) {
        return new NetworkMeans(arms, resplit, seed).of(comparisons);
    }

    private Role named() {
        return planned ? Role.PLANNED : Role.DESCRIPTIVE;
    }

    private Role role(Measure measure) {
        if (measure == Measure.ROC_AUC) {
            return named();
        }
        return DESCRIBED.contains(measure) ? Role.DESCRIPTIVE : Role.UNTESTED;
    }
}
