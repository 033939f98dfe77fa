package org.lesionforge.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lesionforge.metric.Measure;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.FoldResults;
import org.lesionforge.run.FoldResults.FoldParts;
import org.lesionforge.run.FoldResults.Pooled;
import org.lesionforge.run.Results;
import org.lesionforge.run.Results.ArmSummary;
import org.lesionforge.run.Results.Figure;
import org.lesionforge.run.RunFiles;

/** Of an experiment with folds: how the images were divided, what pooling means, and each fold by itself beside all together. */
final class FoldSection {
    private static final List<String> PARTS = List.of("train", "validation", "test");

    private final Page page;
    private final Optional<Results> results;

    FoldSection(Page page, RunFiles run) {
        this.page = page;
        results = run.results().filter(found -> found.folds().isPresent());
    }

    /** Nothing where there are no folds. */
    void write() {
        results.ifPresent(found -> write(found, found.folds().orElseThrow()));
    }

    private void write(Results found, FoldResults folds) {
        page.section("folds", "The folds");
        boolean thresholds =
                found.summaries().stream().anyMatch(arm -> arm.onValidation().isPresent());
        page.paragraph("The images were divided into " + folds.count()
                + " folds by group, each with about the same share of every class. Each image is tested once with each"
                + " seed: by a classifier that was trained, like the generator whose images it was given, on that"
                + " fold's training part alone. “Test part” on this page means the test parts of all folds together."
                + (thresholds
                        ? " Thresholds, temperatures, snapshots and epochs are chosen on each fold's own validation part,"
                                + " which is taken out of its training part; a threshold counts for the images of its fold"
                                + " alone."
                        : ""));
        page.paragraph("Pooled figures put the probabilities of " + folds.count()
                + " different classifiers on one scale. Where these differ from fold to fold, the pooled ROC AUC tends to"
                + " be lower than the mean of the folds' own, which never compares images of two folds, but is of few"
                + " images each. Intervals are by bootstrap over the groups of all images, with the classifiers as they"
                + " are.");
        divisions(found, folds);
        areas(found, folds);
    }

    private void divisions(Results found, FoldResults folds) {
        List<String> header = new ArrayList<>(List.of("fold"));
        PARTS.forEach(part -> found.dataset().classes().forEach(name -> header.add(part + ", " + name)));
        List<List<String>> rows = new ArrayList<>();
        for (FoldParts fold : folds.divisions()) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(fold.fold())));
            for (String part : PARTS) {
                Map<String, Integer> counts =
                        Objects.requireNonNull(fold.parts().get(part));
                found.dataset()
                        .classes()
                        .forEach(name -> row.add(Integer.toString(Objects.requireNonNull(counts.get(name)))));
            }
            rows.add(row);
        }
        page.table("Table P", "Images of each fold by part and class, without added ones.", header, rows);
    }

    private void areas(Results found, FoldResults folds) {
        List<String> header = new ArrayList<>(List.of("approach"));
        IntStream.rangeClosed(1, folds.count()).forEach(fold -> header.add("fold " + fold));
        header.addAll(List.of("mean of folds", "pooled, with 95 % interval"));
        List<List<String>> rows = new ArrayList<>();
        for (ArmSummary arm : found.summaries()) {
            List<Pooled> seeds = folds.pooled().stream()
                    .filter(each ->
                            each.name().equals(arm.name()) && each.classifier().equals(arm.classifier()))
                    .toList();
            List<String> row = new ArrayList<>(List.of(arm.title()));
            for (int fold = 0; fold < folds.count(); fold++) {
                int at = fold;
                row.add(mean(seeds.stream().map(seed -> seed.foldRocAuc().get(at))));
            }
            row.add(mean(seeds.stream().map(Pooled::meanFoldRocAuc)));
            Figure pooled = Objects.requireNonNull(arm.measures().get(Measure.ROC_AUC.word()));
            row.add(NumberText.withInterval(
                    pooled.value(), pooled.ci95().low(), pooled.ci95().high()));
            rows.add(row);
        }
        boolean several = found.summaries().stream().anyMatch(arm -> arm.seeds().size() > 1);
        page.table(
                "Table Q",
                "ROC AUC of each fold's test images by themselves, their mean, and of all images together."
                        + (several ? " Means over seeds." : ""),
                header,
                rows);
    }

    private static String mean(Stream<Double> values) {
        return NumberText.fixed(values.collect(Collectors.averagingDouble(Double::doubleValue)), 3);
    }
}
