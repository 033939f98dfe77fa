package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.StopAfter;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.Licences;
import org.lesionforge.data.synthetic.SyntheticFolder;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.generator.run.SnapshotJudge.Verdict;
import org.lesionforge.generator.run.SyntheticWriter;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganGenerator;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.image.file.PngText;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.run.Snapshot;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/** A GAN's run: its snapshots, which is the best, what is drawn from them. */
final class GeneratorRunTest {
    private static final GeneratorSpec<DcganOptions> SMALL = TinyTraining.NETS.common(common -> common.epochs(3));

    @TempDir
    Path folder;

    private Dataset dataset;
    private GeneratorRun run;

    @BeforeEach
    void create() throws IOException {
        List<String> rows = new ArrayList<>(List.of("b1,benign,b1,train", "b2,benign,b2,test", "m9,malignant,m9,test"));
        for (int i = 0; i < 5; i++) {
            rows.add("m" + i + ",malignant,m" + i + ",train");
            rows.add("v" + i + ",malignant,v" + i + ",validation");
        }
        dataset = SmallDataset.prepare(folder, rows);
        run = GeneratorRun.create(folder.resolve("gan"), dataset.training().ofClass("malignant"), "malignant", SMALL);
    }

    private void snapshot(int epoch) throws IOException {
        save(run, new Snapshot(epoch, GeneratorWeights.RAW));
    }

    private static Verdict verdict(double toValidation) {
        return new Verdict(
                Map.of("kid_validation", new Metric("kd[x]", toValidation, null, "")), Map.of(), Optional.empty());
    }

    private static void save(GeneratorRun run, Snapshot snapshot) throws IOException {
        DcganGenerator net = new DcganGenerator(SMALL.common(), SMALL.own(), new Seed(snapshot.epoch()));
        try (Scope scope = new Scope()) {
            run.files().save(snapshot, StateDict.of(net), "malignant");
        }
        StateDict.free(net);
    }

    @Test
    void aClassThatCannotBeAFolderIsRefused() throws IOException {
        Path hostile = folder.resolve("hostile");
        GeneratorRun run = GeneratorRun.create(hostile, dataset.training(), "malignant", Dcgan.PAPER);
        Path config = run.folder().resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"malignant\"", "\"../../evil\""));
        String message = assertThrows(
                        UnusableInputException.class, () -> GeneratorRun.open(hostile, GeneratorZoo.STANDARD))
                .getMessage();
        assertTrue(message.contains("names a class '../../evil'"), message);
    }

    @Test
    void theBestSnapshotIsTheOneNearestToTheValidationImages() throws IOException {
        double[] distances = {0.5, 0.25, Double.NaN, 0.375};
        try (GeneratorLogs logs = GeneratorLogs.open(run.folder(), Map.of())) {
            for (int epoch = 1; epoch <= 4; epoch++) {
                snapshot(epoch);
                logs.snapshot(
                        new Snapshot(epoch, GeneratorWeights.RAW),
                        epoch,
                        verdict(distances[epoch - 1]),
                        List.of(),
                        List.of());
            }
        }
        assertFalse(run.isFinished());
        String message = assertThrows(UnusableInputException.class, run::best).getMessage();
        assertTrue(message.contains("[1, 2, 3, 4]"), message);
        run.chooseBest(Optional.of(new SnapshotJudge.Selection("kd[x]", 22)));
        assertEquals(2, run.best().epoch());
        assertTrue(run.best().reason().contains("kd[x]"), run.best().reason());
        assertEquals(
                0.25, run.metrics(new Snapshot(2, GeneratorWeights.RAW)).get(0).value());
        run.chooseBest(Optional.empty());
        assertEquals(4, run.best().epoch());
    }

    @Test
    void theLastSnapshotsAndTheBestAreKept() throws IOException {
        for (int epoch = 1; epoch <= 6; epoch++) {
            for (GeneratorWeights weights : GeneratorWeights.values()) {
                save(run, new Snapshot(epoch, weights));
            }
        }
        run.files().deleteOld(2, Optional.of(new Snapshot(3, GeneratorWeights.EMA)));
        assertEquals(List.of(3, 5, 6), run.snapshots());
        assertTrue(Files.exists(run.snapshotFile(new Snapshot(3, GeneratorWeights.EMA))));
        assertFalse(Files.exists(run.snapshotFile(new Snapshot(3, GeneratorWeights.RAW))));
        run.files().deleteOld(9, Optional.empty());
        assertEquals(List.of(3, 5, 6), run.snapshots());
    }

    @Test
    void theAverageCanBeTheBest() throws IOException {
        try (GeneratorLogs logs = GeneratorLogs.open(run.folder(), Map.of())) {
            for (GeneratorWeights weights : GeneratorWeights.values()) {
                save(run, new Snapshot(1, weights));
                logs.snapshot(
                        new Snapshot(1, weights),
                        5,
                        verdict(weights == GeneratorWeights.EMA ? 0.1 : 0.2),
                        List.of(),
                        List.of());
            }
        }
        run.chooseBest(Optional.of(new SnapshotJudge.Selection("kd[x]", 22)));
        assertEquals(new Snapshot(1, GeneratorWeights.EMA), run.best().snapshot());
        assertEquals(0.1, run.metrics(run.best().snapshot()).get(0).value());
    }

    private SnapshotJudge judge() {
        return new SnapshotJudge(
                new Brightness(),
                dataset.training().ofClass("malignant"),
                Optional.of(dataset.validation().ofClass("malignant")),
                16,
                Progress.SILENT);
    }

    /** Distances of version 0.1, through features of any size, are on another scale; before there were averages, no line names its weights. */
    @Test
    void anOldRunGoesOnWithDistancesOfAnotherName() throws IOException {
        snapshot(1);
        snapshot(2);
        Path metrics = run.folder().resolve("metrics.jsonl");
        String old = "{\"epoch\":1,\"iteration\":1,\"metrics\":[{\"key\":\"kid_validation\",\"name\":"
                + "\"kd[own-classifier] to validation\",\"value\":-14493.2,\"std\":null,\"recipe\":\"n=22/122, whole set\"}],"
                + "\"missing\":[{\"key\":\"is\",\"reason\":\"no logits\"}]}\n";
        Files.writeString(metrics, old);
        assertEquals(1, run.measured().chosen().orElseThrow().epoch());
        assertEquals(Optional.empty(), run.check(new Snapshot(1, GeneratorWeights.RAW)));
        try (GeneratorLogs logs = GeneratorLogs.open(run.folder(), Map.of("metrics.jsonl", (long) old.length()))) {
            logs.snapshot(new Snapshot(2, GeneratorWeights.RAW), 2, verdict(0.4), List.of(), List.of());
        }
        assertEquals(2, run.measured().chosen().orElseThrow().epoch());
        assertEquals(
                Optional.of(new Snapshot(2, GeneratorWeights.RAW)),
                run.measured().nearest());
        assertEquals(0, run.measured().epochsSinceNearest(0));

        Files.writeString(metrics, old + "{\"epoch\":1,\"iter");
        run.chooseBest(Optional.of(new SnapshotJudge.Selection("kd[own-classifier]", 22)));
        run.measure(run.best().snapshot(), judge(), Compute.cpu(), Progress.SILENT);
        List<String> lines = Files.readAllLines(metrics);
        assertEquals(2, lines.size(), "what a crash had cut short is gone");
        assertEquals(old.strip(), lines.get(0));
        assertTrue(run.check(new Snapshot(1, GeneratorWeights.RAW)).isPresent());
        assertTrue(run.metrics(new Snapshot(1, GeneratorWeights.RAW)).stream()
                .allMatch(metric -> !metric.name().contains("own-classifier")));
    }

    @Test
    void aLineThatNamesNoWeightsAmongOthersThatDoIsRefused() throws IOException {
        try (GeneratorLogs logs = GeneratorLogs.open(run.folder(), Map.of())) {
            for (GeneratorWeights weights : GeneratorWeights.values()) {
                logs.snapshot(new Snapshot(1, weights), 5, verdict(0.1), List.of(), List.of());
            }
        }
        Path metrics = run.folder().resolve("metrics.jsonl");
        String whole = Files.readString(metrics);
        for (String weights : List.of("\"weights\":\"raw\",", "\"weights\":\"ema\",")) {
            Files.writeString(metrics, whole.replace(weights, ""));
            String message = assertThrows(
                            UnusableInputException.class, () -> run.measured().chosen())
                    .getMessage();
            assertTrue(message.contains("weights"), message);
        }
    }

    @Test
    void aRunWithoutSnapshotsSaysSo() {
        String message =
                assertThrows(UnusableInputException.class, run::snapshots).getMessage();
        assertTrue(message.contains("no snapshot yet"), message);
    }

    @Test
    void aSecondRunDoesNotOverwriteTheFirst() {
        assertThrows(
                UnusableInputException.class,
                () -> GeneratorRun.create(
                        folder.resolve("gan"), dataset.training().ofClass("malignant"), "malignant", SMALL));
    }

    @Test
    void imagesThatDoNotServeAreFoundFirst() {
        GeneratorSpec<DcganOptions> larger = Dcgan.PAPER
                .common(common -> common.size(32).batch(4).epochs(3).snapshotEvery(1))
                .own(own -> own.with().latent(8).width(4).build());
        String message = assertThrows(
                        UnusableInputException.class, () -> GeneratorTrainer.check(dataset.training(), larger))
                .getMessage();
        assertTrue(message.contains("32×32") && message.contains("[16]"), message);
        message = assertThrows(
                        UnusableInputException.class,
                        () -> GeneratorTrainer.check(dataset.training().ofClass("benign"), SMALL))
                .getMessage();
        assertTrue(message.contains("two") && message.contains("has 1"), message);
    }

    private static byte[] oneBitAnother(byte[] bytes) {
        byte[] other = bytes.clone();
        other[other.length / 2] ^= 1;
        return other;
    }

    @Test
    void aSetWhoseDrawingWasCancelledIsNotTaken() throws IOException {
        snapshot(1);
        Path set = folder.resolve("set");
        StopAfter stopper = new StopAfter("drawing synthetic images", 3);
        String message = assertThrows(InterruptedRunException.class, () -> new SyntheticWriter(
                                run,
                                new LearnedClasses.Drawable("malignant", 0),
                                new Snapshot(1, GeneratorWeights.RAW),
                                7,
                                Compute.cpu(),
                                stopper)
                        .write(set, "gan", 10))
                .getMessage();
        assertEquals("stopped: drawing synthetic images 3/10", message);
        assertEquals(List.of(1L, 2L, 3L), stopper.told());
        assertTrue(Files.exists(set.resolve("malignant/synthetic-gan-00002.png")));
        assertFalse(Files.exists(set.resolve("malignant/synthetic-gan-00003.png")));
        assertThrows(UnusableInputException.class, () -> SyntheticFolder.open(set));
    }

    @Test
    void aSyntheticSetIsTakenAsItWasDrawnOrNotAtAll() throws IOException {
        snapshot(1);
        Path set = folder.resolve("set");
        new SyntheticWriter(run, new Snapshot(1, GeneratorWeights.RAW), 7, Compute.cpu()).write(set, "gan", 3);
        SyntheticFolder.open(set);
        Path image = set.resolve("malignant/synthetic-gan-00001.png");
        for (Path file : List.of(image, set.resolve("manifest.csv"))) {
            byte[] before = Files.readAllBytes(file);
            Files.write(file, oneBitAnother(before));
            String message = assertThrows(UnusableInputException.class, () -> SyntheticFolder.open(set))
                    .getMessage();
            assertTrue(message.contains(file.toString()) && message.contains("SHA-256 does not match"), message);
            Files.delete(file);
            message = assertThrows(UnusableInputException.class, () -> SyntheticFolder.open(set))
                    .getMessage();
            assertTrue(message.contains(file.getFileName().toString()), message);
            Files.write(file, before);
        }
        Path added = Files.copy(image, set.resolve("malignant/synthetic-gan-00009.png"));
        String message = assertThrows(UnusableInputException.class, () -> SyntheticFolder.open(set))
                .getMessage();
        assertTrue(message.contains(added + " is not among the 3 images"), message);
        Files.delete(added);
        SyntheticFolder.open(set);
        // Killed between the two.
        Files.delete(set.resolve("synthetic.json"));
        message = assertThrows(UnusableInputException.class, () -> SyntheticFolder.open(set))
                .getMessage();
        assertTrue(message.contains("interrupted") && message.contains("gan sample"), message);
        // As version 0.1 left it when it was killed, and when it was not.
        Path manifest = set.resolve("manifest.csv");
        List<String> old = Files.readAllLines(manifest).stream()
                .map(line -> line.substring(0, line.lastIndexOf(',')))
                .toList();
        Files.delete(manifest);
        message = assertThrows(UnusableInputException.class, () -> SyntheticFolder.open(set))
                .getMessage();
        assertTrue(message.contains("no manifest.csv"), message);
        Files.write(manifest, old);
        List<String> warnings = new ArrayList<>();
        assertEquals(3, SyntheticFolder.open(set, listening(warnings)).size());
        assertEquals(List.of("warning: " + Checksums.UNKNOWN), warnings);
    }

    @Test
    void aSnapshotThatWasChangedIsNotDrawnFrom() throws IOException {
        snapshot(1);
        Snapshot snapshot = new Snapshot(1, GeneratorWeights.RAW);
        run.chooseBest(Optional.empty());
        Path file = run.snapshotFile(snapshot);
        assertEquals(Optional.of(Sha256.of(file)), run.best().sha256());
        Files.write(file, oneBitAnother(Files.readAllBytes(file)));
        String message = assertThrows(UnusableInputException.class, () -> run.sampler(snapshot, Compute.cpu()))
                .getMessage();
        assertTrue(message.contains(file.toString()) && message.contains("SHA-256 does not match"), message);
        // In a run that was taken over there are the best snapshot and best.json.
        Files.delete(run.checkpoints().resolve("snapshots.json"));
        assertThrows(UnusableInputException.class, () -> run.sampler(snapshot, Compute.cpu()));
        // Version 0.1 kept no checksum at all.
        Files.writeString(run.folder().resolve("best.json"), "{\"epoch\": 1, \"reason\": \"last\"}");
        List<String> warnings = new ArrayList<>();
        GeneratorRun.open(run.folder(), GeneratorZoo.STANDARD, listening(warnings))
                .sampler(snapshot, Compute.cpu());
        assertEquals(List.of("warning: " + Checksums.UNKNOWN), warnings);
    }

    private static Progress listening(List<String> messages) {
        return new Progress() {
            @Override
            public void advance(String task, long done, long total, String detail) {}

            @Override
            public void message(String text) {
                messages.add(text);
            }
        };
    }

    @Test
    void aSyntheticSetHasItsProvenanceAndAlwaysTheSameBytes() throws IOException {
        snapshot(1);
        Map<String, Integer> owner = Map.of("Hospital", 3);
        Json.write(
                folder.resolve("gan/licences.json"), new Licences(Map.of("CC-BY-NC", owner, "CC-0", Map.of("A", 2))));
        Path many = folder.resolve("many");
        Path few = folder.resolve("few");
        new SyntheticWriter(run, new Snapshot(1, GeneratorWeights.RAW), 7, Compute.cpu()).write(many, "gan", 35);
        new SyntheticWriter(run, new Snapshot(1, GeneratorWeights.RAW), 7, Compute.cpu()).write(few, "gan", 2);
        for (int i = 0; i < 2; i++) {
            String name = "malignant/synthetic-gan-0000" + i + ".png";
            assertArrayEquals(Files.readAllBytes(many.resolve(name)), Files.readAllBytes(few.resolve(name)));
        }
        String generator = Sha256.of(run.snapshotFile(new Snapshot(1, GeneratorWeights.RAW)));
        List<String> manifest = Files.readAllLines(many.resolve("manifest.csv"));
        assertEquals(36, manifest.size());
        assertEquals(
                "path,class,run,snapshot,seed,index,generator_sha256,licences,attribution,sha256", manifest.get(0));
        assertEquals(
                "malignant/synthetic-gan-00034.png,malignant,gan,1,7,34," + generator
                        + ",\"CC-0, CC-BY-NC\",attribution.txt,"
                        + Sha256.of(many.resolve("malignant/synthetic-gan-00034.png")),
                manifest.get(35));
        Map<String, String> texts = PngText.read(many.resolve("malignant/synthetic-gan-00034.png"));
        assertEquals("run gan, epoch 1, seed 7, index 34", texts.get("Source"));
        assertEquals(generator, texts.get("Generator-SHA256"));
        assertTrue(texts.get("Copyright").contains("CC-BY-NC"), texts.toString());
        assertTrue(
                Files.readString(many.resolve("attribution.txt"))
                        .endsWith(
                                """
                CC-0
                  A (2)
                CC-BY-NC
                  Hospital (3)
                """));
        assertThrows(UnusableInputException.class, () -> new SyntheticWriter(
                        run, new Snapshot(1, GeneratorWeights.RAW), 7, Compute.cpu())
                .write(few, "gan", 2));
        assertThrows(UnusableInputException.class, () -> new SyntheticWriter(
                        run, new Snapshot(9, GeneratorWeights.RAW), 7, Compute.cpu())
                .write(folder.resolve("other"), "gan", 2));
        assertFalse(Files.exists(folder.resolve("other")));
    }
}
