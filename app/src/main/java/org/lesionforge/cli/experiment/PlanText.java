package org.lesionforge.cli.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.lesionforge.cli.classifier.ClassifierText;
import org.lesionforge.cli.generator.SpecText;
import org.lesionforge.data.Dataset;
import org.lesionforge.experiment.ExperimentOptions;
import org.lesionforge.experiment.PretrainedGenerator;
import org.lesionforge.experiment.TimeEstimate;
import org.lesionforge.experiment.TrainedNetwork;
import org.lesionforge.run.FoldResults;
import org.lesionforge.run.Results;
import org.lesionforge.run.Step;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.weights.PretrainedWeights;

/** An experiment's plan and estimated time, for people. */
final class PlanText {
    private PlanText() {}

    /**
     * @param folds whose parts take the place of the data set's own; none without folds
     * @param adopted generators that were trained before
     */
    static String of(
            Dataset dataset,
            List<FoldResults.FoldParts> folds,
            ExperimentOptions options,
            List<TrainedNetwork> networks,
            List<PretrainedGenerator> adopted,
            List<Results.EqualArm> equalArms,
            TimeEstimate estimate) {
        List<String> lines = new ArrayList<>();
        lines.add(line("data set", dataset.folder() + ", " + dataset.images().size() + " images"));
        if (folds.isEmpty()) {
            dataset.counts().forEach((part, counts) -> lines.add(line("  " + part, counts(counts))));
        }
        folds.forEach(fold -> lines.add(line("  fold " + fold.fold(), parts(fold.parts()))));
        lines.add(line("arms", options.arms().stream().map(Arm::word).collect(Collectors.joining(", "))));
        equalArms.forEach(arm -> lines.add(line("", arm.toString())));
        lines.add(line(
                "seeds",
                options.seeds()
                        + (options.resplit() ? ", each with a split of its own" : "")
                        + (folds.isEmpty() ? "" : ", in each of the " + folds.size() + " folds")));
        lines.add(line(
                "protocol",
                options.protocol().word()
                        + (options.classifier().freeze()
                                ? ", the last layer of every arm fitted until it has converged"
                                : ", the same number of "
                                        + options.budget().name().toLowerCase(Locale.ROOT) + " for every arm")));
        networks.forEach(network -> lines.add(line(
                "classifier",
                ClassifierText.of(
                        network, options.classifier(), network.weights().map(PretrainedWeights::file)))));
        lines.add(line("positive class", options.classifier().positive()));
        options.arms().stream()
                .flatMap(arm -> arm.generator().stream())
                .distinct()
                .forEach(generator -> {
                    String taken = adopted.stream()
                            .filter(run -> run.name(options.arms()).equals(generator))
                            .map(run -> "trained before, in " + run.folder() + ": ")
                            .findFirst()
                            .orElse("");
                    lines.add(line(
                            generator,
                            taken
                                    + SpecText.of(Objects.requireNonNull(
                                            options.generators().get(generator)))));
                });
        lines.add("");
        if (estimate.openingSeconds() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-42s %s",
                    "opening images of other generators",
                    TimeEstimate.words(estimate.openingSeconds())));
        }
        for (Step step : estimate.steps()) {
            lines.add(String.format(Locale.ROOT, "%-42s %s", step.title(), TimeEstimate.words(estimate.of(step))));
        }
        lines.add(String.format(
                Locale.ROOT, "%-42s %s", "estimated time in all", TimeEstimate.words(estimate.totalSeconds())));
        lines.add("every option: the same command with --json; nothing was trained or written");
        return String.join("\n", lines);
    }

    private static String line(String title, String text) {
        return String.format(Locale.ROOT, "%-15s %s", title, text);
    }

    private static String parts(Map<String, Map<String, Integer>> parts) {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + ": " + counts(part.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }
}
