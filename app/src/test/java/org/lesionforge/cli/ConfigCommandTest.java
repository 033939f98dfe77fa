package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.config.ConfiguredArguments;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** {@code --config FILE} of commands: what it chooses, what the command line overrides, and runs that are made again from their own. */
final class ConfigCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path dataset;
    private static Path gan;

    @BeforeAll
    static void train() throws IOException {
        dataset = TinyDataset.prepare(folder, "--test", "0.25", "--validation", "0.2");
        Path yaml = file(
                """
                class: malignant
                preset: small-data
                size: 16
                width: 4
                latent: 8
                batch: 4
                epochs: 2
                snapshotEvery: 1
                lr: 3e-4
                remedies:
                  label_smoothing: 0.1
                  r1: 1
                  ema_half_life: 50
                spectral-norm: true
                minibatch_std: false
                quiet: true
                """);
        gan = folder.resolve("gan");
        Invocation.of("gan", "train", dataset.toString(), "--config", yaml.toString(), "--out", gan.toString())
                .succeeds();
    }

    private static Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "settings", ".yaml"), text);
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    /** The last command with everything that the arguments and the file come to. */
    private static ParseResult parsed(String... arguments) {
        CommandLine program = Main.commandLine();
        ConfiguredArguments configured = ConfiguredArguments.of(program, arguments);
        ParseResult result = program.setExpandAtFiles(false).parseArgs(configured.arguments());
        while (result.hasSubcommand()) {
            result = result.subcommand();
        }
        return result;
    }

    private static Object value(ParseResult parsed, String option) {
        return parsed.commandSpec().findOption(option).getValue();
    }

    @Test
    void aFileChoosesWhatTheCommandLineWould() throws IOException {
        JsonNode options = json(gan.resolve("config.json")).get("options");
        assertEquals(16, options.get("size").asInt());
        assertEquals(4, options.get("width").asInt());
        assertEquals(3e-4, options.get("learning_rate").asDouble());
        assertEquals(1, options.get("snapshot_every").asInt());
        JsonNode remedies = options.get("remedies");
        assertEquals(0.1, remedies.get("label_smoothing").asDouble());
        assertEquals(1, remedies.get("r1").asDouble());
        assertEquals(50, remedies.get("ema_half_life").asInt());
        assertEquals("both", remedies.get("flips").asText(), "of the preset");
        assertTrue(remedies.get("spectral_norm").asBoolean());
    }

    @Test
    void aGanIsMadeAgainFromItsOwnConfig() throws IOException {
        Path again = folder.resolve("gan-again");
        Path config = gan.resolve("config.json");
        Invocation.of("gan", "train", "--config", config.toString(), "--out", again.toString(), "--quiet")
                .succeeds();
        assertEquals(json(config), json(again.resolve("config.json")));
        String snapshot = "checkpoints/epoch-0002.ema.safetensors";
        assertArrayEquals(Files.readAllBytes(gan.resolve(snapshot)), Files.readAllBytes(again.resolve(snapshot)));
    }

    @Test
    void theCommandLineWins() throws IOException {
        String config = gan.resolve("config.json").toString();
        ParseResult parsed = parsed(
                "gan", "train", "elsewhere", "--no-spectral-norm", "--config", config, "--out=x", "--width", "8");
        assertEquals(8, value(parsed, "--width"));
        assertEquals(false, value(parsed, "--spectral-norm"));
        assertEquals(2, value(parsed, "--epochs"));
        assertEquals(Path.of("elsewhere"), parsed.matchedPositionalValue(0, null));
        // A flag of the command line is on, whatever the file says; picocli's own defaults would turn it off.
        Path yaml = file("freeze: true\nseeds: [3, 4]\nno_models: true\n");
        ParseResult flags = parsed("experiment", "d", "--out=x", "--freeze", "--config=" + yaml);
        assertEquals(true, value(flags, "--freeze"));
        assertEquals(false, value(flags, "--models"));
        assertEquals(List.of(3L, 4L), value(flags, "--seeds"));
        assertEquals(
                List.of(0L), value(parsed("experiment", "d", "--out=x", "--seed=0", "--config=" + yaml), "--seeds"));
        assertEquals(true, value(parsed("experiment", "d", "--out=x", "--models", "--config=" + yaml), "--models"));
    }

    @Test
    void listsAndObjectsAreOptionsOfSeveralValues() throws IOException {
        Path yaml = file(
                """
                source: photos
                out: dataset
                sizes: [16, 75]
                classes: [benign, malignant=mel]
                part_map: {val: test, dev: validation}
                group-column: patient,lesion
                """);
        ParseResult parsed = parsed("prepare", "--config", yaml.toString());
        assertEquals(Path.of("photos"), parsed.matchedPositionalValue(0, null));
        assertEquals(List.of(16, 75), value(parsed, "--sizes"));
        assertEquals(List.of("benign", "malignant=mel"), value(parsed, "--classes"));
        assertEquals(Map.of("val", "test", "dev", "validation"), value(parsed, "--part-map"));
        assertEquals(List.of("patient", "lesion"), value(parsed, "--group-column"));
        assertEquals(
                List.of(Path.of("a"), Path.of("b")),
                parsed("compare", "--config", file("run: [a, b]").toString()).matchedPositionalValue(0, null));
    }

    @Test
    void imagesOfOtherGeneratorsAreThoseOfTheRun() throws IOException {
        Path config = file(
                """
                {"external": {
                    "a.b": {"folder": "/x/y", "class_name": "malignant", "images": 5, "sha256": "00"},
                    "c": {"folder": "z", "class_name": "malignant", "images": 6, "sha256": "01"}}}
                """);
        ParseResult recorded = parsed("experiment", "d", "--out=x", "--config", config.toString());
        ParseResult typed = parsed("experiment", "d", "--out=x", "--external", "a.b=/x/y", "--external", "c=z");
        assertEquals(value(typed, "--external"), value(recorded, "--external"));
        Path yaml = file("external: {c: z}");
        assertEquals(
                value(parsed("experiment", "d", "--out=x", "--external=c=z"), "--external"),
                value(parsed("experiment", "d", "--out=x", "--config", yaml.toString()), "--external"));
    }

    @Test
    void parametersOfTheCommandLineAreTheFirst() throws IOException {
        Path yaml = file("fake: c\nreal: a\nmetrics: fid");
        ParseResult both = parsed("evaluate", "--config", yaml.toString());
        assertEquals("a", both.matchedPositionalValue(0, null));
        assertEquals("c", both.matchedPositionalValue(1, null));
        ParseResult one = parsed("evaluate", "--config", yaml.toString(), "--", "b");
        assertEquals("b", one.matchedPositionalValue(0, null));
        assertEquals("c", one.matchedPositionalValue(1, null));
    }

    @Test
    void aClassifierIsMadeAgainFromItsOwnConfig() throws IOException {
        Path synthetic = folder.resolve("synthetic");
        Invocation.of("gan", "sample", gan.toString(), "--count", "4", "--out", synthetic.toString())
                .succeeds();
        Path first = folder.resolve("classifier");
        Invocation.of(
                        "classify",
                        "train",
                        dataset.toString(),
                        "--out",
                        first.toString(),
                        "--size=75",
                        "--epochs=1",
                        "--batch=8",
                        "--lr=0.01",
                        "--no-flips",
                        "--rotation=10",
                        "--select=last",
                        "--seed=5",
                        "--add",
                        synthetic.toString(),
                        "--quiet")
                .succeeds();
        Path config = first.resolve("config.json");
        assertEquals(synthetic.toString(), json(config).get("add").asText());
        Path again = folder.resolve("classifier-again");
        Invocation.of("classify", "train", "--config", config.toString(), "--out", again.toString(), "--quiet")
                .succeeds();
        assertEquals(json(config), json(again.resolve("config.json")));
        // Version 0.1 had no such key, and what an experiment alone can do is not quietly left undone.
        ObjectNode old = (ObjectNode) json(config);
        old.remove("add");
        ParseResult parsed = parsed(
                "classify", "train", "--out=x", "--config", file(old.toString()).toString());
        assertEquals(0.01, value(parsed, "--lr"));
        old.withObject("/options").put("class_weights", true);
        Invocation.of(
                        "classify",
                        "train",
                        "--out=x",
                        "--config",
                        file(old.toString()).toString())
                .fails(ExitCode.WRONG_USAGE, "line 1: options.class_weights", "'true'", "nothing but false");
    }

    @Test
    void whatACommandDoesNotHaveIsWrongUsage() throws IOException {
        wrong("width: 8\nepohcs: 3", "line 2: epohcs", "'lesionforge gan train'", "did you mean epochs?");
        wrong("gan_width: 8", "line 1: gan_width");
        wrong("config: other.yaml", "line 1: config");
        wrong("help: true", "line 1: help");
        wrong("options: {remedies: {label_smoothin: 0.1}}", "options.remedies.label_smoothin", "label_smoothing?");
        wrong("width: wide", "line 1: width", "'wide'");
        wrong("width: 3.5", "line 1: width", "'3.5'");
        wrong("width: [3, 4]", "line 1: width", "not a list");
        wrong("dry_run: maybe", "line 1: dry_run", "true or false", "'maybe'");
        wrong("width: 8\nWidth: 4", "line 2: Width", "line 1 (width)");
        wrong("flips: both\nremedies: {flips: none}", "line 2: remedies.flips", "line 1 (flips)");
        wrong("size: 17", "17", ".yaml");
        Path list = file("arms: ['none,dcgan']");
        Invocation.of("experiment", dataset.toString(), "--out=x", "--config=" + list)
                .fails(ExitCode.WRONG_USAGE, "arms", "none,dcgan", "comma");
        Path typo = file("gan: {widht: 3}");
        Invocation.of("experiment", dataset.toString(), "--out=x", "--config=" + typo)
                .fails(ExitCode.WRONG_USAGE, "gan.widht", "did you mean gan_width?");
    }

    private static void wrong(String text, String... words) throws IOException {
        Invocation call = Invocation.of(
                "gan",
                "train",
                dataset.toString(),
                "--out",
                folder.resolve("x").toString(),
                "--class=malignant",
                "--config",
                file(text).toString());
        call.fails(ExitCode.WRONG_USAGE, words);
        assertTrue(call.err().contains("see: lesionforge gan train --help"), call.err());
    }

    @Test
    void aFileThatIsNoSettingsIsAnUnusableInput() throws IOException {
        Invocation.of("gan", "train", "--config", folder.resolve("none").toString())
                .fails(ExitCode.UNUSABLE_INPUT, "there is no file");
        Invocation.of("gan", "train", "--config", gan.toString()).fails(ExitCode.UNUSABLE_INPUT, "config.json");
        Invocation.of("gan", "train", "--config", file("a: *b").toString()).fails(ExitCode.UNUSABLE_INPUT, "line 1");
        assertEquals(
                ExitCode.DONE,
                Invocation.of("gan", "train", "--config", folder.resolve("none").toString(), "--help")
                        .exitCode());
    }

    @Test
    void anArgumentFileMayNameTheFile() throws IOException {
        Path yaml = file("width: 8\nclass: '@odd'");
        Path arguments = file("gan train d --out=x --config=" + yaml);
        ParseResult parsed = parsed("@" + arguments);
        assertEquals(8, value(parsed, "--width"));
        assertEquals("@odd", value(parsed, "--class"));
    }

    @Test
    void anExperimentIsPlannedAgainFromItsOwnConfig() throws IOException {
        String[] first = {
            "experiment",
            dataset.toString(),
            "--out=x",
            "--dry-run",
            "--json",
            "--quiet",
            "--size=75",
            "--epochs=1",
            "--batch=8",
            "--arms=none+class-weights,dcgan:5+degraded",
            "--seeds=2,5",
            "--resplit",
            "--protocol=paper",
            "--budget=epochs",
            "--synthetic=7",
            "--max-similarity=0.9",
            "--no-models",
            "--no-flips",
            "--rotation=20",
            "--lr=0.002",
            "--views=1",
            "--micro-batch=4",
            "--positive=benign",
            "--auxiliary-weight=0.2",
            "--gan-size=16",
            "--gan-width=4",
            "--gan-kernel=4",
            "--gan-latent=7",
            "--gan-batch=4",
            "--gan-epochs=2",
            "--gan-lr=0.001",
            "--gan-beta1=0.4",
            "--gan-snapshot-every=2",
            "--gan-flips=horizontal",
            "--gan-label-smoothing=0.2",
            "--gan-translation=0.1",
            "--gan-brightness=0.1",
            "--gan-minibatch-std",
            "--gan-r1=0.5",
            "--gan-r1-every=2",
            "--gan-ema=30",
            "--gan-ema-ramp-up=0.1",
            "--gan-lr-decay=0.5",
            "--gan-patience=0"
        };
        ObjectNode plan =
                (ObjectNode) JSON.readTree(Invocation.of(first).succeeds().out());
        plan.remove(List.of("estimate", "equal_arms"));
        Path config = file(plan.toPrettyString());
        ObjectNode again = (ObjectNode) JSON.readTree(
                Invocation.of("experiment", "--config", config.toString(), "--out=x", "--dry-run", "--json", "--quiet")
                        .succeeds()
                        .out());
        again.remove(List.of("estimate", "equal_arms"));
        assertEquals(plan, again);
        // An experiment knows its weights by their checksum alone; it is never quietly trained without them.
        plan.put("weights", "ab".repeat(32));
        Path unknown = file(plan.toPrettyString());
        Invocation.of("experiment", "--config", unknown.toString(), "--out=x", "--dry-run", "--quiet")
                .fails(ExitCode.MISSING_REQUIREMENT, "ab".repeat(32), "checksum");
    }
}
