package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;

/** A last layer that is fitted alone: which options mean something to it, and what becomes of runs of earlier versions, which trained it otherwise. */
final class FrozenTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static String dataset;
    private static String weights;
    private static int copies;

    @BeforeAll
    static void prepare() throws IOException {
        dataset = TinyDataset.prepareAt(folder, "16,24", "--test", "0.25", "--validation", "0.2")
                .toString();
        weights = ToyProgram.weights(folder.resolve("toy.safetensors")).toString();
        classify("once").succeeds();
        experiment("experiment-once").succeeds();
    }

    private static Invocation lesionforge(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return Invocation.of(ToyProgram.ZOOS, all.toArray(String[]::new));
    }

    private static Invocation classify(String out, String... more) {
        return lesionforge(
                List.of("classify", "train", dataset, "--weights", weights, "--freeze", "--quiet", "--out", path(out)),
                more);
    }

    private static Invocation experiment(String out, String... more) {
        return lesionforge(
                List.of(
                        "experiment",
                        dataset,
                        "--weights",
                        weights,
                        "--freeze",
                        "--metric-weights",
                        weights,
                        "--arms",
                        "none,none+class-weights",
                        "--gan-size",
                        "16",
                        "--gan-width",
                        "4",
                        "--gan-epochs",
                        "1",
                        "--no-cache",
                        "--quiet",
                        "--out",
                        path(out)),
                more);
    }

    private static Invocation resume(Path run, String... more) {
        return lesionforge(List.of("experiment", "--out", run.toString(), "--resume", "--no-cache", "--quiet"), more);
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    private static Path copy(String run) throws IOException {
        Path from = folder.resolve(run);
        Path to = folder.resolve("copy" + ++copies);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }

    /** As version 0.1 wrote it: options without how the layer is fitted, lines and a choice of epochs. */
    private static void age(Path run, String options) throws IOException {
        Path file = run.resolve("config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        ObjectNode classifier = (ObjectNode) config.at(options);
        assertEquals("logistic", classifier.remove("probe").get("fit").asText());
        classifier.put("views", 1).put("epochs", 7);
        Files.writeString(file, config.toPrettyString());
    }

    private static void ageArm(Path arm) throws IOException {
        age(arm, "/options");
        Files.writeString(
                arm.resolve("stats.jsonl"),
                """
                {"epoch":1,"train_loss":0.5,"train_accuracy":0.7,"validation_loss":0.6,"validation_accuracy":0.5,"seconds":1.5}
                """);
        Path file = arm.resolve("model.json");
        ObjectNode card = (ObjectNode) JSON.readTree(file.toFile());
        ((ObjectNode) card.get("options")).remove("probe");
        Files.writeString(
                file,
                ((ObjectNode) card.without("model_sha256")).put("epoch", 1).toPrettyString());
    }

    private static Path oldExperiment() throws IOException {
        Path run = copy("experiment-once");
        age(run, "/options/classifier");
        for (String arm : List.of("none-seed0", "none+class-weights-seed0")) {
            ageArm(run.resolve("arms").resolve(arm));
        }
        return run;
    }

    @Test
    void whatMeansNothingIsRefusedByNameAndNothingIsWritten() {
        for (String flag : List.of("--epochs=3", "--lr=0.1", "--recipe=paper", "--mixup=0.4", "--no-flips")) {
            String name = flag.replaceFirst("=.*", "").replace("--no-", "--");
            classify("refused", flag).fails(ExitCode.WRONG_USAGE, "--freeze", name, "mean nothing");
            experiment("refused", flag).fails(ExitCode.WRONG_USAGE, "--freeze", name, "mean nothing");
        }
        // A fit of seconds has no checkpoints; those of an experiment are its GAN's too.
        classify("refused", "--keep=3", "--checkpoint-every=1")
                .fails(ExitCode.WRONG_USAGE, "--checkpoint-every, --keep", "mean nothing");
        experiment("refused", "--keep=3", "--dry-run").succeeds();
        assertFalse(Files.exists(folder.resolve("refused")));
    }

    @Test
    void aFileOfSettingsIsRefusedLikeACommandLine() throws IOException {
        Path settings = Files.writeString(folder.resolve("slow.yaml"), "epochs: 3\nselect: last\n");
        classify("refused", "--config", settings.toString())
                .fails(ExitCode.WRONG_USAGE, "--freeze", "--epochs, --select", "slow.yaml");
    }

    @Test
    void whatARunRecordsAndDoesNotChooseIsPassedOver() throws IOException {
        Path again = folder.resolve("again");
        String config = folder.resolve("once/config.json").toString();
        lesionforge(List.of("classify", "train", "--config", config, "--quiet", "--out", again.toString()))
                .succeeds();
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("once/model.safetensors")),
                Files.readAllBytes(again.resolve("model.safetensors")));
        // A run of all layers, asked for with the last alone; and one of the last alone, with all.
        Path whole = folder.resolve("whole");
        lesionforge(
                        List.of(
                                "classify",
                                "train",
                                dataset,
                                "--weights",
                                weights,
                                "--quiet",
                                "--out",
                                whole.toString()),
                        "--epochs=1",
                        "--batch=8",
                        "--recipe=strong")
                .succeeds();
        classify("from-whole", "--config", whole.resolve("config.json").toString())
                .succeeds();
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("once/model.safetensors")),
                Files.readAllBytes(folder.resolve("from-whole/model.safetensors")));
        JsonNode plan = JSON.readTree(lesionforge(
                        List.of("classify", "train", "--config", config, "--quiet", "--out", path("planned")),
                        "--freeze=false",
                        "--dry-run",
                        "--json")
                .succeeds()
                .out());
        assertEquals(20, plan.at("/options/epochs").asInt());
        assertFalse(plan.at("/options").has("probe"));
    }

    @Test
    void aFinishedRunPrintsWhatItCameTo() throws IOException {
        JsonNode printed = JSON.readTree(lesionforge(List.of("classify", "resume", path("once"), "--json"))
                .succeeds()
                .out());
        assertTrue(printed.at("/chosen/l2").asDouble() > 0, printed.toString());
        assertTrue(printed.at("/chosen/converged").asBoolean(), printed.toString());
    }

    @Test
    void aTrainingOfAnEarlierVersionIsReadAndNotTrainedOn() throws IOException {
        classify("of-whole-network", "--layer=last").succeeds();
        Path run = copy("of-whole-network");
        ageArm(run);
        lesionforge(List.of("classify", "evaluate", run.toString(), dataset)).succeeds();
        assertTrue(lesionforge(List.of("classify", "resume", run.toString()))
                .succeeds()
                .out()
                .contains("kept epoch 1"));
        Files.delete(run.resolve("model.json"));
        lesionforge(List.of("classify", "resume", run.toString(), "--quiet"))
                .fails(ExitCode.UNUSABLE_INPUT, run.toString(), "--freeze was another", "--out");
    }

    @Test
    void anExperimentOfAnEarlierVersionGivesItsReportAndNoFurtherClassifiers() throws IOException {
        Path run = oldExperiment();
        byte[] predictions = Files.readAllBytes(run.resolve("arms/none-seed0/predictions-test.csv"));
        byte[] provenance = Files.readAllBytes(run.resolve("provenance.json"));
        byte[] config = Files.readAllBytes(run.resolve("config.json"));
        resume(run, "--seeds", "0,1").fails(ExitCode.UNUSABLE_INPUT, run.toString(), "--freeze was another");
        resume(run, "--arms", "none,none+class-weights,dcgan")
                .fails(ExitCode.UNUSABLE_INPUT, "--freeze was another", "with the arms dcgan");
        assertFalse(Files.exists(run.resolve("generators")), "no GAN is trained for nothing");
        assertArrayEquals(provenance, Files.readAllBytes(run.resolve("provenance.json")));
        resume(run).succeeds();
        assertArrayEquals(predictions, Files.readAllBytes(run.resolve("arms/none-seed0/predictions-test.csv")));
        lesionforge(List.of("report", run.toString(), "--quiet")).succeeds();
        String report = Files.readString(run.resolve("report.html"));
        assertTrue(report.contains("Classifier epochs: 7 instead of 20."), "it says how these were trained");
        assertFalse(report.contains("logistic regression"));
        assertEquals(
                JSON.readTree(config).at("/options"),
                JSON.readTree(run.resolve("config.json").toFile()).at("/options"));
        Files.delete(run.resolve("arms/none-seed0/result.json"));
        resume(run).fails(ExitCode.UNUSABLE_INPUT, "--freeze was another", "1 classifier, arm none, seed 0");
        // Other settings are still other settings.
        resume(run, "--views", "2").fails(ExitCode.UNUSABLE_INPUT, "views is 1 there and 2 now");
        resume(copy("experiment-once"), "--layer", "last")
                .fails(ExitCode.UNUSABLE_INPUT, "probe.layer is \"middle\" there and \"last\" now");
    }

    @Test
    void anExperimentOfThisVersionIsGivenMoreAndSaysHowItsLayersAreFitted() throws IOException {
        Path run = copy("experiment-once");
        resume(run, "--seeds", "0,1").succeeds();
        String report = Files.readString(run.resolve("report.html"));
        assertTrue(report.contains("logistic regression on features of the network's middle"), report);
        assertTrue(report.contains("Choice of L2"), report);
        assertFalse(report.contains("same number of optimiser steps"));
    }
}
