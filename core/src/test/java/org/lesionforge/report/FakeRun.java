package org.lesionforge.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.Measure;

/** Writes the files of a small experiment, as the experiment leaves them. */
public final class FakeRun {
    /** One white pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC");

    public static final String RESULTS =
            """
            {"format_version": 1, "protocol": "strict", "budget": "steps", "resplit": false, "positive": "malignant", "seconds": 3725, "extractor": "own-classifier",
             "dataset": {"path": "phantoms", "classes": ["benign", "malignant"], "images": 250,
               "parts": {"train": {"benign": 120, "malignant": 40}, "validation": {"benign": 20, "malignant": 10},
                 "test": {"benign": 40, "malignant": 20}}, "split_sha256": "ab12",
               "licences": {"CC-0": 200, "CC-BY-NC": 50}},
             "arms": [
               {"name": "none", "title": "Original data", "seed": 0, "synthetic": 0, "train": {"benign": 120, "malignant": 40},
                "steps": 20, "seconds": 1.5, "best_epoch": 2, "folder": "arms/none-seed0", "images": null,
                "test": {"n": 4, "positive": "malignant", "classes": ["benign", "malignant"], "confusion": [[36, 4], [8, 12]], "accuracy": 0.8,
                  "accuracy_ci95": [0.68, 0.88], "balanced_accuracy": 0.75, "roc_auc": "NaN", "mcc": 0.53, "brier": 0.15,
                  "per_class": {"benign": {"precision": 0.8182, "recall": 0.9, "f1": 0.8571, "support": 40},
                    "malignant": {"precision": 0.75, "recall": 0.6, "f1": 0.6667, "support": 20}}}},
               {"name": "dcgan", "title": "Balanced with DCGAN images", "seed": 0, "synthetic": 80,
                "train": {"benign": 120, "malignant": 120}, "steps": 20, "seconds": 1.5, "best_epoch": 3,
                "folder": "arms/dcgan-seed0",
                "images": {"snapshot": 20, "gate": {"drawn": 80, "dropped": 0, "max_similarity": 0.95},
                  "metrics": [{"name": "fd[own-classifier]", "value": 12.3456, "std": null, "recipe": "n=40/80"}]},
                "test": {"n": 4, "positive": "malignant", "classes": ["benign", "malignant"], "confusion": [[35, 5], [5, 15]], "accuracy": 0.83333, "accuracy_ci95": [0.72, 0.91],
                  "balanced_accuracy": 0.8125, "roc_auc": 0.9, "mcc": 0.625, "brier": 0.12,
                  "per_class": {"benign": {"precision": 0.875, "recall": 0.875, "f1": 0.875, "support": 40},
                    "malignant": {"precision": 0.75, "recall": 0.75, "f1": 0.75, "support": 20}}}}],
             "summaries": [{"name": "none", "title": "Original data", "seeds": [0],
                "measures": {%s, "accuracy": {"value": 0.8, "ci95": [0.7, 0.9], "std": null},
                  "brier": {"value": "NaN", "ci95": ["NaN", "NaN"], "std": null},
                  "ece": {"value": 0.2, "ci95": ["NaN", "NaN"], "std": null}},
                "on_validation": {"thresholds": [{"value": 0.365, "sensitivity": 1, "specificity": 1}],
                  "at_threshold": {%s, "accuracy": {"value": 0.777, "ci95": [0.6, 0.85], "std": null}},
                  "temperatures": [1.234], "calibrated": {"brier": {"value": "NaN", "ci95": ["NaN", "NaN"], "std": null},
                    "ece": {"value": 0.123, "ci95": [0.1, 0.2], "std": null}}}},
               {"name": "dcgan", "title": "Balanced with DCGAN images", "seeds": [0], "measures": {%s,
                  "accuracy": {"value": 0.83, "ci95": [0.7, 0.9], "std": null},
                  "brier": {"value": "NaN", "ci95": ["NaN", "NaN"], "std": null},
                  "ece": {"value": "NaN", "ci95": ["NaN", "NaN"], "std": null}}, "on_validation": null}],
             "comparisons": [{"a": "none", "b": "dcgan", "metric": "accuracy", "difference": 0.03333,
               "ci95": [-0.05, 0.11667], "p_value": 0.6875, "test": "exact McNemar", "p_holm": 0.6875, "detectable": "NaN",
               "over_seeds": null}],
             "leakage": [{"check": "No group is in two parts", "holds": true, "detail": "125 groups"},
               {"check": "Nothing strange", "holds": false, "detail": "look & see"}],
             "differences_from_paper": ["75 pixels <instead> of 299"]}
            """
                    .replace("%s", undefined());

    /** The measures that this experiment does not care about. */
    private static String undefined() {
        return Stream.of(Measure.values())
                .filter(measure -> measure != Measure.ACCURACY && measure != Measure.ECE && measure != Measure.BRIER)
                .map(measure ->
                        "\"" + measure.word() + "\": {\"value\": \"NaN\", \"ci95\": [\"NaN\", \"NaN\"], \"std\": null}")
                .collect(Collectors.joining(", "));
    }

    public static final String PROVENANCE =
            """
            {"lesionforge": "0.2", "commit": "0123abc-dirty", "java": "Debian 17", "libtorch": "2.10.0, AVX2", "platform": "Linux amd64",
             "device": "cpu, 2 threads", "processor": "Some CPU", "seed": 0, "dataset": "lesions", "source": "hospital/photos", "groups": 125,
             "split_sha256": "ab", "classifier_weights": null, "metric_weights": null, "started": "2026-11-28T06:01:16Z",
             "command": ["experiment", "my lesions", "--out", "run"], "weights": [{"file": "<own>"}]}
            """;

    private FakeRun() {}

    /** Everything. */
    public static Path complete(Path run) throws IOException {
        write(run, "results.json", RESULTS);
        write(run, "config.json", "{\"gan\": {\"epochs\": 30, \"ema\": null}, \"arms\": [\"none\", \"dcgan\"]}");
        write(run, "provenance.json", PROVENANCE);
        ganTraining(run);
        write(run, "gan/best.json", "{\"epoch\": 20, \"weights\": \"raw\", \"reason\": \"lowest distance\"}");
        for (String arm : new String[] {"none", "dcgan"}) {
            StringBuilder lines = new StringBuilder();
            for (int epoch = 1; epoch <= 3; epoch++) {
                lines.append(
                        "{\"epoch\": %d, \"train_loss\": %s, \"train_accuracy\": 0.7, \"validation_loss\": 0.6, \"validation_accuracy\": null, \"seconds\": 1}%n"
                                .formatted(epoch, 0.7 / epoch));
            }
            write(run, "arms/" + arm + "-seed0/stats.jsonl", lines.toString());
            write(
                    run,
                    "arms/" + arm + "-seed0/predictions-test.csv",
                    """
                    id,group,truth,prediction,p_benign,p_malignant
                    a,g1,malignant,malignant,0.1,0.9
                    b,g2,malignant,benign,0.5,0.5
                    "c,1",g3,benign,benign,0.5,0.5
                    d,g4,benign,benign,0.9,0.1
                    """);
        }
        write(
                run,
                "arms/none-seed0/predictions-validation.csv",
                """
                id,group,truth,prediction,p_benign,p_malignant
                v,g8,malignant,malignant,0.2,0.8
                w,g9,benign,malignant,0.4,0.6
                x,g9,benign,benign,0.7,0.3
                """);
        write(
                run,
                "attributes.csv",
                """
                id,sex,skin_type
                a,female,ii
                b,male,
                "c,1",female,
                d,male,
                """);
        write(run, "examples/evidence-none-seed0.png", PNG);
        for (String image : new String[] {"examples/examples.png", "examples/real.png", "examples/synthetic.png"}) {
            write(run, image, PNG);
        }
        for (int epoch = 10; epoch <= 30; epoch += 10) {
            write(run, "gan/samples/epoch-00" + epoch + ".png", PNG);
        }
        return run;
    }

    /** What a GAN training leaves while it still runs. */
    public static Path ganTraining(Path run) throws IOException {
        StringBuilder statistics = new StringBuilder();
        for (int i = 1; i <= 2000; i++) {
            statistics.append(
                    "{\"iteration\": %d, \"epoch\": %d, \"loss_d\": 0.7, \"loss_g\": %s, \"d_real\": 0.6, \"d_fake\": 0.4, \"gradient_d\": 1, \"gradient_g\": 1}%n"
                            .formatted(i, i / 100, i % 7 == 0 ? "\"NaN\"" : 2 + i % 3));
        }
        write(run, "gan/stats.jsonl", statistics + "{\"iteration\": 2001, \"ep");
        StringBuilder metrics = new StringBuilder();
        for (int epoch = 10; epoch <= 30; epoch += 10) {
            metrics.append(Json.line(Map.of(
                            "epoch",
                            epoch,
                            "iteration",
                            100 * epoch,
                            "metrics",
                            List.of(Map.of(
                                    "key",
                                    "fid",
                                    "name",
                                    "fd[own-classifier]",
                                    "value",
                                    100.0 / epoch,
                                    "std",
                                    1,
                                    "recipe",
                                    "n=40/80")),
                            "missing",
                            List.of(Map.of("key", "is", "reason", "the classifier has no 1008-way head")))))
                    .append('\n');
        }
        write(run, "gan/metrics.jsonl", metrics.toString());
        return run;
    }

    public static void write(Path run, String name, String text) throws IOException {
        write(run, name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path run, String name, byte[] bytes) throws IOException {
        Path file = run.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
