package org.lesionforge.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.ConfusionMatrix;
import org.lesionforge.metric.Measure;
import org.lesionforge.report.figure.ConfusionChart;
import org.lesionforge.report.figure.LineChart;
import org.lesionforge.report.figure.Series;
import org.lesionforge.report.figure.Svg;
import org.lesionforge.report.figure.Tone;

/** Runs that nobody would think of: any number of arms, seeds and classes, long names, no numbers, one value, all values equal. */
public final class GeneratedRun {
    private static final String LETTERS = "WWMMiljtabcdefghknopqrsuvxyz ABCDEFGH-0123456789";

    private GeneratedRun() {}

    /** @return the run's folder */
    public static Path write(Path run, Random random, int arms) throws IOException {
        int classes = 2 + random.nextInt(6);
        int seeds = 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 3);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            names.add(i + name(random, 1 + random.nextInt(40)));
        }
        List<Object> runs = new ArrayList<>();
        List<Object> summaries = new ArrayList<>();
        List<Object> comparisons = new ArrayList<>();
        for (int a = 0; a < arms; a++) {
            String arm = a == 0 ? "none" : "arm" + a;
            String title = a + name(random, random.nextBoolean() ? 40 : 8);
            for (int seed = 0; seed < seeds; seed++) {
                String folder = "arms/" + arm + "-seed" + seed;
                int tested = predictions(run, folder, random, names);
                training(run, folder, random);
                runs.add(armRun(random, arm, title, seed, folder, names, tested));
            }
            summaries.add(ordered(
                    "name",
                    arm,
                    "title",
                    title,
                    "seeds",
                    List.of(0),
                    "measures",
                    measures(random),
                    "on_validation",
                    null));
            if (a > 0) {
                for (String metric : List.of("roc_auc", "sensitivity", "accuracy")) {
                    comparisons.add(comparison(random, arm, metric));
                }
            }
        }
        Map<String, Object> counts = new LinkedHashMap<>();
        names.forEach(name -> counts.put(name, random.nextInt(50_000)));
        Map<String, Object> results =
                ordered("format_version", 1, "protocol", "strict", "budget", "steps", "resplit", false);
        results.put("positive", names.get(classes - 1));
        results.put("seconds", 12.5);
        results.put("extractor", "own-classifier");
        results.put(
                "dataset",
                ordered(
                        "path",
                        "data",
                        "classes",
                        names,
                        "images",
                        100,
                        "parts",
                        Map.of("train", counts),
                        "split_sha256",
                        "ab",
                        "licences",
                        Map.of()));
        results.put("arms", runs);
        results.put("summaries", summaries);
        results.put("comparisons", comparisons);
        results.put("leakage", List.of());
        results.put("differences_from_paper", List.of());
        Json.write(run.resolve("results.json"), results);
        gan(run, random);
        return run;
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static int predictions(Path run, String folder, Random random, List<String> names) throws IOException {
        int n = 12;
        boolean equal = random.nextInt(4) == 0;
        StringBuilder table = new StringBuilder("id,group,truth,prediction");
        names.forEach(name -> table.append(",p_").append(name));
        for (int i = 0; i < n; i++) {
            double last = equal ? 1.0 / names.size() : random.nextDouble();
            boolean lastWins = last > (1 - last) / (names.size() - 1) + 1e-7;
            String prediction = names.get(lastWins ? names.size() - 1 : 0);
            String truth = names.get(i % names.size());
            table.append(String.format(Locale.ROOT, "\ni%d,g%d,%s,%s", i, i / 2, truth, prediction));
            for (int c = 0; c < names.size(); c++) {
                double p = c == names.size() - 1 ? last : (1 - last) / (names.size() - 1);
                table.append(String.format(Locale.ROOT, ",%.8f", p));
            }
        }
        FakeRun.write(run, folder + "/predictions-test.csv", table + "\n");
        return n;
    }

    private static void training(Path run, String folder, Random random) throws IOException {
        int epochs = 1 + random.nextInt(4) * random.nextInt(40);
        StringBuilder lines = new StringBuilder();
        double flat = random.nextDouble();
        boolean equal = random.nextInt(3) == 0;
        for (int epoch = 1; epoch <= epochs; epoch++) {
            Object loss = equal ? (Object) flat : random.nextInt(6) == 0 ? "NaN" : (Object) (random.nextDouble() * 3);
            lines.append(Json.line(ordered(
                            "epoch",
                            epoch,
                            "train_loss",
                            loss,
                            "train_accuracy",
                            equal ? 1 : random.nextDouble(),
                            "validation_loss",
                            null,
                            "validation_accuracy",
                            null,
                            "seconds",
                            1)))
                    .append('\n');
        }
        FakeRun.write(run, folder + "/stats.jsonl", lines.toString());
    }

    private static Object armRun(
            Random random, String arm, String title, int seed, String folder, List<String> names, int tested) {
        int k = names.size();
        int[][] confusion = new int[k][k];
        Map<String, Object> perClass = new LinkedHashMap<>();
        Map<String, Object> train = new LinkedHashMap<>();
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                confusion[i][j] = random.nextInt(random.nextBoolean() ? 10 : 5000);
            }
            perClass.put(names.get(i), ordered("precision", 0.5, "recall", "NaN", "f1", 0.4, "support", 7));
            train.put(names.get(i), 10);
        }
        Map<String, Object> test = ordered(
                "n",
                tested,
                "positive",
                names.get(k - 1),
                "classes",
                names,
                "confusion",
                confusion,
                "accuracy",
                0.5,
                "accuracy_ci95",
                List.of(0.4, 0.6),
                "balanced_accuracy",
                0.5,
                "roc_auc",
                "NaN",
                "mcc",
                0.1,
                "brier",
                0.2,
                "per_class",
                perClass);
        return ordered(
                "name",
                arm,
                "title",
                title,
                "seed",
                seed,
                "synthetic",
                0,
                "train",
                train,
                "steps",
                5,
                "seconds",
                1.5,
                "best_epoch",
                1,
                "folder",
                folder,
                "images",
                null,
                "test",
                test);
    }

    private static Map<String, Object> measures(Random random) {
        Map<String, Object> measures = new LinkedHashMap<>();
        for (Measure measure : Measure.values()) {
            measures.put(
                    measure.word(), ordered("value", random.nextDouble(), "ci95", List.of("NaN", "NaN"), "std", null));
        }
        return measures;
    }

    private static Object comparison(Random random, String arm, String metric) {
        double difference = random.nextInt(5) == 0 ? 0 : random.nextDouble() - 0.5;
        double width = random.nextInt(5) == 0 ? 0 : random.nextDouble();
        return ordered(
                "a",
                "none",
                "b",
                arm,
                "metric",
                metric,
                "difference",
                difference,
                "ci95",
                List.of(difference - width, difference + width),
                "p_value",
                0.5,
                "test",
                "DeLong",
                "p_holm",
                1,
                "detectable",
                0.1,
                "over_seeds",
                null);
    }

    private static void gan(Path run, Random random) throws IOException {
        StringBuilder statistics = new StringBuilder();
        int iterations = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(1500);
        int stride = 1 + random.nextInt(6000);
        for (int i = 1; i <= iterations; i++) {
            statistics
                    .append(Json.line(ordered(
                            "iteration",
                            i * stride,
                            "epoch",
                            i,
                            "loss_d",
                            random.nextGaussian(),
                            "loss_g",
                            random.nextInt(9) == 0 ? "NaN" : (Object) 2.5,
                            "d_real",
                            0.5,
                            "d_fake",
                            random.nextDouble(),
                            "gradient_d",
                            1,
                            "gradient_g",
                            1)))
                    .append('\n');
        }
        FakeRun.write(run, "gan/stats.jsonl", statistics.toString());
        StringBuilder metrics = new StringBuilder();
        boolean zero = random.nextBoolean();
        for (int epoch = 1; epoch <= 1 + random.nextInt(5); epoch++) {
            List<Object> line = new ArrayList<>();
            for (String key : List.of(
                    "fid", "fid_validation", "kid", "is", "precision", "recall", "copied", "copied_validation")) {
                Object value =
                        zero ? (Object) 0 : random.nextInt(8) == 0 ? "NaN" : (Object) (random.nextGaussian() * 14_493);
                line.add(ordered(
                        "key",
                        key,
                        "name",
                        "fd-2048[imagenet-approx, resize=pytorch-fid]",
                        "value",
                        value,
                        "std",
                        null,
                        "recipe",
                        "n=40/80"));
            }
            metrics.append(Json.line(
                            ordered("epoch", epoch, "iteration", epoch, "metrics", line, "missing", List.of())))
                    .append('\n');
        }
        FakeRun.write(run, "gan/metrics.jsonl", metrics.toString());
        FakeRun.write(run, "gan/best.json", "{\"epoch\": 1, \"weights\": \"raw\", \"reason\": \"\"}");
        StringBuilder similar = new StringBuilder("similarity,kept\n");
        for (int i = 0; i < 1 + random.nextInt(20); i++) {
            similar.append(zero ? 0.5 : random.nextDouble()).append(",true\n");
        }
        FakeRun.write(run, "synthetic/seed0/similarity.csv", similar.toString());
    }

    static Svg confusion(Random random, int classes) {
        List<String> names = new ArrayList<>();
        int[][] counts = new int[classes][classes];
        for (int i = 0; i < classes; i++) {
            names.add(i + name(random, 1 + random.nextInt(39)));
            for (int j = 0; j < classes; j++) {
                counts[i][j] = random.nextInt(random.nextBoolean() ? 3 : 1_000_000);
            }
        }
        return ConfusionChart.svg("confusion", name(random, 40), new ConfusionMatrix(names, counts));
    }

    /** Values of any size, few or many, with gaps. */
    static LineChart lines(Random random) {
        LineChart chart = new LineChart("lines", name(random, 60), name(random, 57), name(random, 40));
        int lines = 1 + random.nextInt(12);
        double size = Math.pow(10, random.nextInt(33) - 16);
        double offset = random.nextInt(3) == 0 ? size * 1e6 : 0;
        boolean whole = random.nextBoolean();
        int stride = 1 + random.nextInt(4) * random.nextInt(10_000);
        for (int i = 0; i < lines; i++) {
            int n = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(200);
            double[] x = new double[n];
            double[] y = new double[n];
            double start = random.nextInt(3) == 0 ? random.nextInt(9_000_000) : 0;
            for (int k = 0; k < n; k++) {
                x[k] = whole ? start + k * stride : (k + random.nextDouble()) / n;
                y[k] = random.nextInt(10) == 0 ? Double.NaN : offset + random.nextGaussian() * size;
            }
            Series.Style style = List.of(Series.Style.values()).get(random.nextInt(3));
            chart.add(new Series(name(random, 40), x, y, Tone.ofArm(i), style));
        }
        return chart;
    }

    private static String name(Random random, int length) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < length - 1; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name + "x";
    }
}
