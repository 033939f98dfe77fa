package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.StopAfter;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierRun;
import org.lesionforge.classifier.ClassifierTrainer;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.NpyHeader;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;

/** What the program writes and prints, against the tables of {@code docs/contracts.md}: a key that only one of the two has is a mistake. */
final class ContractsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Columns of the source follow those of the table. */
    private static final Set<String> OPEN = Set.of("`images.csv`");

    /** These need the archive, published weights or a GAN that goes wrong; tests of their own read what is written then. */
    private static final Set<String> ELSEWHERE = Set.of(
            "`filter.csv`",
            "`filter.json`",
            "`query.json`",
            "`metadata.csv`",
            "`isic search --json`",
            "`isic fetch --json`",
            "`weights fetch --json` and `weights import --json`",
            "`weights verify --json`",
            "`alarms.jsonl`",
            "`serve --json`",
            "`nearest.csv`",
            "`spectrum.csv`");

    @TempDir
    Path folder;

    private final Set<String> seen = new TreeSet<>();
    private final Set<String> wrong = new TreeSet<>();
    private Contracts contracts;

    private void check(String title, JsonNode document) {
        seen.add(title);
        contracts.differences(title, document).forEach(each -> wrong.add(title + ": " + each));
    }

    private void file(String title, Path file) throws IOException {
        check(title, JSON.readTree(file.toFile()));
    }

    private void lines(String title, Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            check(title, JSON.readTree(line));
        }
    }

    private void table(String title, Path file) throws IOException {
        seen.add(title);
        List<String> columns = Arrays.asList(Files.readAllLines(file).get(0).split(",", -1));
        contracts.differences(title, columns).stream()
                .filter(each -> !OPEN.contains(title) || !each.endsWith("is in no row"))
                .forEach(each -> wrong.add(title + ": " + each));
    }

    private void prints(String title, String... arguments) throws IOException {
        check(title, JSON.readTree(json(arguments)));
    }

    private static String json(String... arguments) {
        return Invocation.of(arguments, "--json", "--quiet").succeeds().out();
    }

    @Test
    void whatIsWrittenIsWhatTheTablesSay() throws IOException {
        contracts = Contracts.read();
        String dataset = withSex(TinyDataset.prepare(folder)).toString();
        Path run = folder.resolve("run");
        String[] experiment = {
            "experiment",
            dataset,
            "--size",
            "75",
            "--epochs",
            "1",
            "--batch",
            "8",
            "--seeds",
            "0,1",
            "--ensemble",
            "--gan-size",
            "16",
            "--gan-width",
            "4",
            "--gan-epochs",
            "2",
            "--gan-snapshot-every",
            "1",
            "--gan-ema",
            "20",
            "--accept-bad-generator",
            "--out"
        };
        String[] all = Arrays.copyOf(experiment, experiment.length + 1);
        all[experiment.length] = run.toString();
        check("`results.json`", JSON.readTree(json(all)));
        String[] plan = Arrays.copyOf(all, all.length + 1);
        plan[all.length] = "--dry-run";
        JsonNode planned = JSON.readTree(json(plan));
        Set<String> more = contracts.differences("`config.json` of an experiment", planned);
        more.removeIf(each -> each.startsWith("equal_arms") || each.startsWith("estimate"));
        assertEquals(Set.of(), more);
        ((ObjectNode) planned).retain("equal_arms", "estimate");
        check("`experiment --dry-run --json`", planned);

        dataset(Path.of(dataset));
        experiment(run);
        gan(run.resolve("generators/dcgan"), dataset);
        ddpm(dataset);
        lines("`stats.jsonl` of a frozen classifier", frozen(dataset).resolve("stats.jsonl"));
        classifier(run, dataset);
        others();

        Set<String> unseen = new TreeSet<>(contracts.titles());
        unseen.removeAll(seen);
        unseen.removeAll(ELSEWHERE);
        unseen.removeIf(title -> !title.startsWith("`"));
        assertTrue(wrong.isEmpty(), "docs/contracts.md and what is written differ:\n" + String.join("\n", wrong));
        assertEquals(Set.of(), unseen, "tables of docs/contracts.md that this test compares with nothing");
    }

    private void dataset(Path dataset) throws IOException {
        file("`dataset.json`", dataset.resolve("dataset.json"));
        table("`images.csv`", dataset.resolve("images.csv"));
        table("`skipped.csv`", dataset.resolve("skipped.csv"));
        table("`duplicates.csv`", dataset.resolve("duplicates.csv"));
    }

    /** The same images, of which it is known whose they are, so that there are results by subgroup. */
    private Path withSex(Path known) throws IOException {
        StringBuilder table = new StringBuilder("image_id,sex\n");
        List<String> rows = Files.readAllLines(known.resolve("images.csv"));
        for (int i = 1; i < rows.size(); i++) {
            table.append(rows.get(i).split(",", 2)[0]).append(i % 2 == 0 ? ",female\n" : ",male\n");
        }
        Path dataset = folder.resolve("with-sex");
        Path phantoms = folder.resolve("phantoms");
        prints(
                "`prepare --json`",
                "prepare",
                phantoms.toString(),
                "--labels",
                phantoms.resolve("metadata.csv").toString(),
                "--metadata",
                Files.writeString(folder.resolve("sex.csv"), table).toString(),
                "--out",
                dataset.toString(),
                "--sizes=16,75",
                "--test=0.25",
                "--validation=0.2");
        return dataset;
    }

    private void experiment(Path run) throws IOException {
        check("`computed`", JSON.readTree(run.resolve("config.json").toFile()).get("computed"));
        file("`config.json` of an experiment", run.resolve("config.json"));
        table("`attributes.csv`", run.resolve("attributes.csv"));
        file("`provenance.json`", run.resolve("provenance.json"));
        file("`results.json`", run.resolve("results.json"));
        file("`audit.json`", run.resolve("audit/audit.json"));
        Path arm = run.resolve("arms/dcgan-seed1");
        file("`result.json`", arm.resolve("result.json"));
        file("`config.json` of a classifier", arm.resolve("config.json"));
        file("`model.json`", arm.resolve("model.json"));
        lines("`stats.jsonl` of a classifier", arm.resolve("stats.jsonl"));
        table("`predictions-test.csv` and `predictions-validation.csv`", arm.resolve("predictions-test.csv"));
        table("`predictions-test.csv` and `predictions-validation.csv`", arm.resolve("predictions-validation.csv"));
        Path synthetic = run.resolve("synthetic/dcgan/seed0");
        file("`synthetic.json`", synthetic.resolve("synthetic.json"));
        table("`manifest.csv`", synthetic.resolve("manifest.csv"));
        table("`similarity.csv`", synthetic.resolve("similarity.csv"));
        table("`held-out-similarity.csv`", run.resolve("synthetic/dcgan/held-out-similarity.csv"));
        prints("`compare --json`", "compare", run.toString(), run.toString());
        prints("`report --json`", "report", run.toString());
        exports(run.toString());
    }

    private void gan(Path gan, String dataset) throws IOException {
        file("`config.json` of a GAN run", gan.resolve("config.json"));
        file("`licences.json`", gan.resolve("licences.json"));
        lines("`stats.jsonl` of a GAN run", gan.resolve("stats.jsonl"));
        lines("`metrics.jsonl`", gan.resolve("metrics.jsonl"));
        file("`best.json`", gan.resolve("best.json"));
        file("`checkpoints/snapshots.json`", gan.resolve("checkpoints/snapshots.json"));
        try (var states = Files.newDirectoryStream(gan.resolve("checkpoints"), "state-*.json")) {
            for (Path state : states) {
                file("`checkpoints/state-NNNNNNNN.json`", state);
            }
        }
        String[] tiny = {"--class=malignant", "--size=16", "--width=4", "--epochs=1", "--batch=4"};
        String[] train = {
            "gan", "train", dataset, "--out", folder.resolve("gan").toString()
        };
        String[] all = Arrays.copyOf(train, train.length + tiny.length);
        System.arraycopy(tiny, 0, all, train.length, tiny.length);
        prints("`gan train --json` and `gan resume --json`", all);
        String[] plan = Arrays.copyOf(all, all.length + 1);
        plan[all.length] = "--dry-run";
        prints("`gan train --dry-run --json`", plan);
        prints("`gan inspect --json`", "gan", "inspect", gan.toString());
        check(
                "`classify architectures --json`",
                JSON.readTree(json("classify", "architectures")).get(0));
        for (JsonNode family : JSON.readTree(json("gan", "families"))) {
            check("`gan families --json`", family);
        }
        String out = folder.resolve("drawn").toString();
        prints("`gan sample --json`", "gan", "sample", gan.toString(), "--count=6", "--out", out);
        out = folder.resolve("walk").toString();
        prints("`gan interpolate --json`", "gan", "interpolate", gan.toString(), "--out", out, "--steps=2");
    }

    private void ddpm(String dataset) throws IOException {
        Path out = folder.resolve("ddpm");
        json(
                "gan",
                "train",
                dataset,
                "--family=ddpm",
                "--preset=small-data",
                "--class=malignant",
                "--out",
                out.toString(),
                "--size=16",
                "--width=4",
                "--epochs=1",
                "--batch=4",
                "--judging-steps=1");
        ObjectNode options =
                (ObjectNode) JSON.readTree(out.resolve("config.json").toFile()).get("options");
        check(
                "`ddpm`: options",
                options.remove(List.of("size", "batch", "epochs", "snapshot_every", "patience", "seed")));
        for (String line : Files.readAllLines(out.resolve("stats.jsonl"))) {
            check(
                    "`ddpm`: columns of `stats.jsonl`",
                    ((ObjectNode) JSON.readTree(line)).remove(List.of("iteration", "epoch")));
        }
    }

    private void classifier(Path run, String dataset) throws IOException {
        String out = folder.resolve("classifier").toString();
        prints(
                "`classify train --json` and `classify resume --json`",
                "classify",
                "train",
                dataset,
                "--out",
                out,
                "--size=75",
                "--epochs=1",
                "--batch=8");
        prints(
                "`classify train --dry-run --json`",
                "classify",
                "train",
                dataset,
                "--out",
                out + "-dry",
                "--size=75",
                "--epochs=1",
                "--batch=8",
                "--dry-run");
        assertFalse(Files.exists(Path.of(out + "-dry")), "nothing is written");
        file("`checkpoints/state-NNNNNNNN.json` of a classifier", checkpoint(Path.of(out), dataset));
        String arm = run.resolve("arms/none-seed0").toString();
        JsonNode evaluation = JSON.readTree(json("classify", "evaluate", arm, dataset));
        JsonNode test = JSON.readTree(run.resolve("results.json").toFile())
                .get("arms")
                .get(0)
                .get("test");
        check("Evaluation", test);
        var more = (ObjectNode) evaluation;
        test.fieldNames().forEachRemaining(more::remove);
        check("`classify evaluate --json`", more);
        String photos = folder.resolve("phantoms").toString();
        prints("`classify predict --json`", "classify", "predict", arm, photos);
    }

    private Path frozen(String dataset) throws IOException {
        Path out = folder.resolve("frozen");
        String weights = ToyProgram.weights(folder.resolve("toy.safetensors")).toString();
        Invocation.of(
                        ToyProgram.ZOOS,
                        "classify",
                        "train",
                        dataset,
                        "--size=75",
                        "--weights=" + weights,
                        "--freeze",
                        "--out=" + out,
                        "--quiet")
                .succeeds();
        return out;
    }

    /** Of the training of a classifier that is stopped after its first epoch. */
    private Path checkpoint(Path classifier, String dataset) throws IOException {
        ClassifierOptions options = ClassifierRun.open(classifier)
                .config()
                .options()
                .with()
                .epochs(2)
                .build();
        Architecture network = BackboneZoo.STANDARD.first();
        TrainingImages train = Dataset.open(Path.of(dataset)).training();
        ClassifierRun stopped =
                ClassifierRun.create(folder.resolve("stopped"), train, network, options, Optional.empty());
        StopAfter progress = new StopAfter("training the classifier, images", train.size());
        assertThrows(InterruptedRunException.class, () -> ClassifierTrainer.fromScratch(
                        network, options, Compute.cpu(), progress)
                .train(
                        train,
                        Optional.of(Dataset.open(Path.of(dataset)).validation()),
                        stopped,
                        CheckpointPolicy.DEFAULTS));
        int iterations = (train.size() + options.batch() - 1) / options.batch();
        return stopped.folder().resolve("checkpoints/state-%08d.json".formatted(iterations));
    }

    private void exports(String run) throws IOException {
        String board = folder.resolve("board").toString();
        prints("`export tensorboard --json`", "export", "tensorboard", run, "--out", board);
        Path out = folder.resolve("exported");
        String[] export = {"export", "imagefolder", run, "--arm=dcgan", "--seed=1", "--out", out.toString()};
        prints("`export.json`", export);
        file("`export.json`", out.resolve("export.json"));
        table("`images.csv` of an export", out.resolve("images.csv"));
        file("`licences.json`", out.resolve("licences.json"));
    }

    private void others() throws IOException {
        Path out = folder.resolve("comparison");
        ByteBuffer features = ByteBuffer.allocate(4 * 12).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 12; i++) {
            features.putFloat(i * i % 7);
        }
        byte[] header = NpyHeader.bytes("<f4", 6, 2);
        byte[] array = Arrays.copyOf(header, header.length + 48);
        System.arraycopy(features.array(), 0, array, header.length, 48);
        String set = Files.write(folder.resolve("set.npy"), array).toString();
        json("evaluate", set, set, "--out", out.toString());
        check("`doctor --json`", JSON.readTree(Invocation.of("doctor", "--json").out()));
        file("`metrics.json`", out.resolve("metrics.json"));
        prints("`weights list --json`", "weights", "list");
        prints(
                "`bench prepare --json`",
                "bench",
                "prepare",
                folder.resolve("phantoms").toString(),
                "--runs=1",
                "--warmup=0",
                "--sizes=16");
        prints(
                "`bench gan --json`, `bench classifier --json` and `bench inception --json`",
                "bench",
                "gan",
                "--steps=1",
                "--warmup=0",
                "--size=16",
                "--width=4",
                "--roofline");
    }
}
