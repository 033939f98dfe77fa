package org.lesionforge.experiment.statistics;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.CsvTable;
import org.lesionforge.metric.ClassificationEvaluation;
import org.lesionforge.metric.Measure;
import org.lesionforge.run.FoldResults.Pooled;
import org.lesionforge.run.PredictionsFile;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.RunLayout.ArmLayout;

/**
 * The predictions of an arm's folds put together by image, and what they come to: each image has the probabilities of the one classifier that
 * was not trained with it. ROC AUC is that of all images on one scale, though each fold's classifier may have one of its own; so it comes with
 * that of each fold by itself, and their mean (Airola et al. 2011 compare the two).
 */
public final class PooledFolds {
    private final List<String> ids;
    private final StoredPredictions predictions;
    private final RunLayout run;

    /**
     * Of a run whose folds are all tested.
     *
     * @param ids of all images, in the order of the tables
     * @param predictions where those of each fold are read
     * @param run receives the tables
     */
    public PooledFolds(List<String> ids, StoredPredictions predictions, RunLayout run) {
        this.ids = ids;
        this.predictions = predictions;
        this.run = run;
    }

    /**
     * Writes a table of all images for each arm, classifier and seed.
     *
     * @param results of all folds, fold by fold
     * @return what they come to, in the order of the results
     * @throws org.lesionforge.io.UnusableInputException when predictions are missing or damaged
     * @throws IOException when a table cannot be written
     */
    public List<Pooled> write(List<ArmResult> results) throws IOException {
        Map<List<Object>, List<ArmResult>> seeds = new LinkedHashMap<>();
        results.forEach(result -> seeds.computeIfAbsent(
                        List.of(result.classifier(), result.name(), result.seed()), unused -> new ArrayList<>())
                .add(result));
        List<Pooled> pooled = new ArrayList<>();
        for (List<ArmResult> folds : seeds.values()) {
            Path table = run.pooledPredictions(name(folds.get(0)));
            writeTable(folds, table);
            pooled.add(pooled(folds, table));
        }
        return pooled;
    }

    /** What the folders of its folds are called, but for the fold. */
    private static String name(ArmResult fold) {
        String folder = fold.folder().substring(fold.folder().lastIndexOf('/') + 1);
        return folder.substring(0, folder.length() - ("-fold" + number(fold)).length());
    }

    private static int number(ArmResult fold) {
        return fold.fold().orElseThrow();
    }

    private Pooled pooled(List<ArmResult> folds, Path table) {
        ArmResult first = folds.get(0);
        List<PredictionsFile> tests = folds.stream().map(predictions::test).toList();
        PredictionsFile whole = PredictionsFile.pooled(tests);
        List<Double> areas =
                tests.stream().map(test -> Measure.ROC_AUC.of(test.outcomes())).toList();
        return new Pooled(
                first.name(),
                first.classifier(),
                first.seed(),
                ClassificationEvaluation.of(whole.truth(), whole.probabilities(), whole.classes(), whole.positive()),
                areas,
                areas.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
                run.folder().relativize(table).toString().replace('\\', '/'));
    }

    /** The lines of the folds' tables, each with its fold. */
    private void writeTable(List<ArmResult> folds, Path table) throws IOException {
        List<String> header = new ArrayList<>();
        Map<String, List<String>> lines = new HashMap<>();
        for (ArmResult fold : folds) {
            ArmLayout files = new ArmLayout(run.folder().resolve(fold.folder()));
            CsvTable.forEach(files.testPredictions(), row -> {
                if (header.isEmpty()) {
                    header.addAll(row.header());
                }
                List<String> line =
                        new ArrayList<>(header.stream().map(row::text).toList());
                line.add(Integer.toString(number(fold)));
                lines.put(row.text("id"), line);
            });
        }
        header.add("fold");
        AtomicFile.write(table, out -> {
            CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            csv.writeRecord(header);
            ids.stream().filter(lines::containsKey).map(lines::get).forEach(csv::writeRecord);
            csv.flush();
        });
    }
}
