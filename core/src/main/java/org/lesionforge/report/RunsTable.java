package org.lesionforge.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.HomePath;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.Results;
import org.lesionforge.run.RunLayout;

/**
 * What several experiments found, side by side: on other data, with other options. Each difference is the one that its own run has computed,
 * against that run's first arm; figures of different runs are not mixed, for their test images differ.
 */
public final class RunsTable {
    private static final List<Compared> MEASURES = List.of(
            new Compared(Measure.ACCURACY.word(), Optional.of(OperatingPoint.HALF)),
            new Compared(Measure.ROC_AUC.word(), Optional.empty()),
            new Compared(Measure.SENSITIVITY.word(), Optional.of(OperatingPoint.VALIDATION)),
            new Compared(Measure.SPECIFICITY.word(), Optional.of(OperatingPoint.VALIDATION)));

    /** What is put side by side: a measure at an operating point. */
    private record Compared(String metric, Optional<OperatingPoint> point) {
        boolean isAtValidation() {
            return point.equals(Optional.of(OperatingPoint.VALIDATION));
        }

        String name() {
            return MeasureNames.of(metric) + (isAtValidation() ? " at the validation threshold" : "");
        }
    }

    private final Map<Path, Results> results = new LinkedHashMap<>();

    /**
     * Reads the results of every run.
     *
     * @param runs directories of finished experiments, in the order in which they are shown
     * @throws UnusableInputException when one of them has no results, or some that cannot be read
     */
    public RunsTable(List<Path> runs) {
        for (Path run : runs) {
            Path file = new RunLayout(run).results();
            if (!Files.isDirectory(run)) {
                throw new UnusableInputException(
                        "there is no folder " + run + "; name one that a finished experiment was written to");
            }
            if (!Files.isRegularFile(file)) {
                throw new UnusableInputException(
                        run + " is not a finished experiment (no results.json); finish it with:"
                                + " lesionforge experiment DATASET --out " + run + " --resume");
            }
            results.put(run, Results.read(file));
        }
    }

    /** One arm of one run against the first, in one measure. */
    private record Row(Path run, Results results, Difference difference) {
        /** Of the first arm; all have the same test images. */
        int testImages() {
            return ArmRuns.testImages(results);
        }

        int seeds() {
            return difference
                    .comparison()
                    .overSeeds()
                    .map(seeds -> seeds.difference().n())
                    .orElse(1);
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("run", run.toString());
            json.put("dataset", HomePath.shown(results.dataset().path()));
            json.put("test_images", testImages());
            json.put("seeds", seeds());
            json.put("metric", difference.metric());
            json.put("operating_point", difference.point());
            json.put("planned", difference.isPlanned());
            json.put("a", difference.a());
            json.put("b", difference.b());
            json.put("classifier", difference.comparison().classifier());
            json.put("difference", difference.value());
            json.put("ci95", difference.comparison().ci95());
            json.put("p_value", difference.comparison().pValue());
            json.put("p_holm", difference.comparison().pHolm());
            json.put("detectable", difference.comparison().detectable());
            return json;
        }
    }

    private List<Row> rows(Compared measure) {
        List<Row> rows = new ArrayList<>();
        results.forEach((run, found) -> {
            for (Results each : ClassifierResults.of(found)) {
                Difference.of(each).stream()
                        .filter(difference -> difference.is(measure.metric(), measure.point()))
                        .forEach(difference -> rows.add(new Row(run, each, difference)));
            }
        });
        return rows;
    }

    /** Whether the runs trained several networks, so that it has to be said which. */
    private boolean hasSeveralClassifiers() {
        return results.values().stream()
                        .flatMap(found -> ClassifierResults.names(found).stream())
                        .distinct()
                        .count()
                > 1;
    }

    /** {@return the content of {@code compare --json}: {@code runs[]}, {@code differences[]}, {@code agreement[]},
     * {@code families[]}, {@code ensembles[]}} */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("runs", results.keySet().stream().map(Path::toString).toList());
        List<Map<String, Object>> all = new ArrayList<>();
        List<Agreement> agreements = new ArrayList<>();
        for (Compared measure : MEASURES) {
            rows(measure).forEach(row -> all.add(row.json()));
            agreements.addAll(Agreement.of(rows(measure), measure));
        }
        json.put("differences", all);
        json.put("agreement", agreements);
        json.put("families", FamiliesTable.json(results));
        List<Map<String, @Nullable Object>> ensembles = new ArrayList<>();
        results.forEach((run, found) -> ensembles.addAll(new EnsembleTable(found).json(run)));
        json.put("ensembles", ensembles);
        return json;
    }

    /**
     * In how many runs an arm did better than the first, with one classifier.
     *
     * @param arm that was compared
     * @param against name of the first arm
     * @param classifier of both
     * @param metric the measure's word in files
     * @param operatingPoint empty for a measure that no threshold enters
     * @param runs that compare both arms in this measure
     * @param better runs with a difference above 0
     * @param shownBetter of them, those where a planned test finds it to be more than chance
     * @param shownWorse runs where one finds a difference below 0 to be more than chance
     */
    public record Agreement(
            String arm,
            String against,
            String classifier,
            String metric,
            Optional<OperatingPoint> operatingPoint,
            int runs,
            int better,
            int shownBetter,
            int shownWorse) {
        private static List<Agreement> of(List<Row> rows, Compared measure) {
            Map<List<String>, int[]> counts = new LinkedHashMap<>();
            for (Row row : rows) {
                Difference found = row.difference();
                double difference = found.value();
                boolean shown = found.isShown();
                int[] count = counts.computeIfAbsent(
                        List.of(found.b(), found.a(), found.comparison().classifier()), unused -> new int[4]);
                count[0]++;
                count[1] += difference > 0 ? 1 : 0;
                count[2] += shown && difference > 0 ? 1 : 0;
                count[3] += shown && difference < 0 ? 1 : 0;
            }
            List<Agreement> agreements = new ArrayList<>();
            counts.forEach((arms, count) -> agreements.add(new Agreement(
                    arms.get(0),
                    arms.get(1),
                    arms.get(2),
                    measure.metric(),
                    measure.point(),
                    count[0],
                    count[1],
                    count[2],
                    count[3])));
            return agreements;
        }

        private String sentence(boolean named) {
            return "“" + arm + "” against “" + against + "”, " + (named ? classifier + ", " : "")
                    + new Compared(metric, operatingPoint).name()
                    + ": higher in " + better
                    + " of "
                    + runs + " runs; more than chance explains in " + shownBetter + ", lower than chance explains in "
                    + shownWorse + ".";
        }
    }

    /** {@return tables and sentences for people; every line ends in a line break} */
    public String text() {
        StringBuilder text = new StringBuilder();
        boolean named = hasSeveralClassifiers();
        for (Compared measure : MEASURES) {
            if (rows(measure).isEmpty() && measure.isAtValidation()) {
                // Runs of version 0.1, and those without a validation part, have none.
                continue;
            }
            List<List<String>> table = new ArrayList<>();
            table.add(List.of("Run", "arm", "against", "images", "seeds", "difference", "95 % CI", "p", "adjusted"));
            for (Row row : rows(measure)) {
                table.add(List.of(
                        row.run().toString(),
                        row.difference().b()
                                + (named ? ", " + row.difference().comparison().classifier() : ""),
                        row.difference().a(),
                        Integer.toString(row.testImages()),
                        Integer.toString(row.seeds()),
                        points(row.difference().value()),
                        points(row.difference().low()) + " to "
                                + points(row.difference().high()),
                        NumberText.probability(row.difference().unadjusted()),
                        row.difference().adjustedText()));
            }
            text.append("Differences in ").append(measure.name()).append(", percentage points:\n\n");
            text.append(ExperimentTables.aligned(table)).append('\n');
            Agreement.of(rows(measure), measure)
                    .forEach(agreement -> text.append(agreement.sentence(named)).append('\n'));
            text.append('\n');
        }
        text.append(FamiliesTable.text(results));
        results.forEach((run, found) -> {
            String ensembles = new EnsembleTable(found).text();
            if (!ensembles.isEmpty()) {
                text.append("Ensembles of ").append(run).append(": ").append(ensembles);
            }
        });
        return text.toString();
    }

    private static String points(double share) {
        return NumberText.signed(100 * share, 2);
    }
}
