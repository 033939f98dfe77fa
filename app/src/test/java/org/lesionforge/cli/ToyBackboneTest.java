package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.NpyArray;
import org.lesionforge.torch.file.Safetensors;

/**
 * Whole commands with a network that the program does not know. It stands behind the program's own in the list: what silently takes the first, or
 * its sizes, values or names, gives other numbers than the loops of {@link ToyNumbers}.
 */
final class ToyBackboneTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SIDE = 24;
    private static final Set<String> NAMES = Set.of(
            "stem.kernel.weight",
            "stem.norm.weight",
            "stem.norm.bias",
            "stem.norm.running_mean",
            "stem.norm.running_var",
            "stem.norm.num_batches_tracked",
            "body.kernel.weight",
            "body.norm.weight",
            "body.norm.bias",
            "body.norm.running_mean",
            "body.norm.running_var",
            "body.norm.num_batches_tracked",
            "out.weight",
            "out.bias");

    @TempDir
    static Path folder;

    private static String dataset;
    private static Path pictures;
    private static RgbImage picture;
    private static String weights;
    private static Path trained;

    private static Invocation lesionforge(String... arguments) {
        return Invocation.of(ToyProgram.ZOOS, arguments);
    }

    private static String[] train(Path out, String... more) {
        List<String> all = new ArrayList<>(List.of("classify", "train", dataset, "--out", out.toString(), "--quiet"));
        all.addAll(List.of(more));
        if (!all.contains("--freeze")) {
            all.addAll(List.of("--batch", "8"));
        }
        if (!all.contains("--freeze") && !all.contains("--epochs")) {
            all.addAll(List.of("--epochs", "2"));
        }
        if (!all.contains("--threads")) {
            // The number of threads is the process's, and another test's would be left.
            all.addAll(List.of("--threads", "2"));
        }
        return all.toArray(String[]::new);
    }

    @BeforeAll
    static void trainOnce() throws IOException {
        dataset = TinyDataset.prepareAt(folder, "16," + SIDE, "--test", "0.25", "--validation", "0.2")
                .toString();
        byte[] pixels = new byte[3 * SIDE * SIDE];
        SplittableRandom random = new SplittableRandom(5);
        random.nextBytes(pixels);
        picture = RgbImage.wrap(SIDE, SIDE, pixels);
        pictures = Files.createDirectories(folder.resolve("pictures"));
        PngWriter.write(picture, Map.of(), pictures.resolve("noise.png"));
        PngWriter.write(RgbImage.wrap(SIDE, SIDE, new byte[pixels.length]), Map.of(), pictures.resolve("zero.png"));
        weights = ToyProgram.weights(folder.resolve("toy.safetensors")).toString();
        trained = folder.resolve("trained");
        lesionforge(train(trained, "--architecture", "toy")).succeeds();
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    /** What the program says of the picture, and what the loops make of the saved weights. */
    private static void assertPredictsAsTheLoops(Path run) throws IOException {
        JsonNode said = JSON.readTree(lesionforge("classify", "predict", run.toString(), pictures.toString(), "--json")
                        .succeeds()
                        .out())
                .get("images")
                .get(0)
                .get("probabilities");
        double[] logits = new ToyNumbers(run.resolve("model.safetensors")).logits(picture);
        double logOdds = logits[1] - logits[0];
        assertEquals(1 / (1 + Math.exp(-logOdds)), said.get("malignant").asDouble(), 1e-5);
        assertEquals(1 / (1 + Math.exp(logOdds)), said.get("benign").asDouble(), 1e-5);
    }

    @Test
    void itIsTrainedSavedAndOpened() throws IOException {
        JsonNode card = json(trained.resolve("model.json"));
        assertEquals("toy", card.get("architecture").asText());
        assertEquals(SIDE, card.get("size").asInt());
        assertEquals("ONLY", card.get("pooling").asText());
        assertEquals("(x-(180,140,120))/(60,50,40)", card.get("input").asText());
        assertTrue(card.get("weights").isNull());
        assertEquals(
                "toy", json(trained.resolve("config.json")).get("architecture").asText());
        assertEquals(
                NAMES, Safetensors.open(trained.resolve("model.safetensors")).names());
        assertPredictsAsTheLoops(trained);
        Invocation evaluated = lesionforge("classify", "evaluate", trained.toString(), dataset, "--json")
                .succeeds();
        assertTrue(JSON.readTree(evaluated.out()).has("accuracy"), evaluated.out());
        Invocation.of("classify", "predict", trained.toString(), pictures.toString())
                .fails(ExitCode.UNUSABLE_INPUT, "describes a toy, this program reads inception-v3");
    }

    @Test
    void theSameSeedGivesTheSameFile() throws IOException {
        Path again = folder.resolve("again");
        lesionforge(train(again, "--config", trained.resolve("config.json").toString()))
                .succeeds();
        assertArrayEquals(
                Files.readAllBytes(trained.resolve("model.safetensors")),
                Files.readAllBytes(again.resolve("model.safetensors")));
    }

    /** Stopped by a signal in the midst, and resumed: as if nothing had happened. */
    @Test
    void aTrainingThatWasStoppedComesOutTheSame() throws IOException, InterruptedException {
        Path straight = folder.resolve("straight");
        Path stopped = folder.resolve("stopped");
        String[] long300 = {"--classifier", "toy", "--threads", "1", "--epochs", "300"};
        lesionforge(train(straight, long300)).succeeds();
        try (ProgramProcess training =
                ProgramProcess.start(folder.resolve("err.txt"), ToyProgram.class, train(stopped, long300))) {
            training.awaitThat(() -> lines(stopped.resolve("stats.jsonl")) > 10);
            training.send("INT", 2);
            assertEquals(130, training.exitCode(), training.said());
        }
        assertFalse(Files.exists(stopped.resolve("model.safetensors")), "it was too quick to be stopped");
        Invocation.of("classify", "resume", stopped.toString()).fails(ExitCode.UNUSABLE_INPUT, "toy", "inception-v3");
        lesionforge("classify", "resume", stopped.toString(), "--threads", "1", "--quiet")
                .succeeds();
        assertArrayEquals(
                Files.readAllBytes(straight.resolve("model.safetensors")),
                Files.readAllBytes(stopped.resolve("model.safetensors")));
        assertEquals(300, lines(stopped.resolve("stats.jsonl")));
        assertPredictsAsTheLoops(stopped);
    }

    private static int lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void theLastLayerIsTrainedOnItsFeatures() throws IOException {
        Path frozen = folder.resolve("frozen");
        Invocation done = lesionforge(train(frozen, "--weights", weights, "--freeze", "--layer", "last"))
                .succeeds();
        assertTrue(done.err().isEmpty(), done.err());
        JsonNode card = json(frozen.resolve("model.json"));
        assertEquals("toy-published", card.get("weights").asText());
        ToyNumbers before = new ToyNumbers(Path.of(weights));
        ToyNumbers after = new ToyNumbers(frozen.resolve("model.safetensors"));
        for (String name : NAMES) {
            if (!name.startsWith("out.") && !name.endsWith("tracked")) {
                assertArrayEquals(before.values(name), after.values(name), name);
            }
        }
        assertEquals(2, after.values("out.bias").length);
        assertPredictsAsTheLoops(frozen);
    }

    @Test
    void allLayersStartFromItsWeights() throws IOException {
        Path tuned = folder.resolve("tuned");
        lesionforge(train(tuned, "--weights", weights, "--lr", "1e-9")).succeeds();
        ToyNumbers before = new ToyNumbers(Path.of(weights));
        ToyNumbers after = new ToyNumbers(tuned.resolve("model.safetensors"));
        assertArrayEquals(before.values("body.kernel.weight"), after.values("body.kernel.weight"), 1e-6f);
        assertPredictsAsTheLoops(tuned);
    }

    @Test
    void whatItCannotDoIsRefusedByItsName() {
        Path none = folder.resolve("none");
        lesionforge(train(none, "--classifier", "toy", "--size", "6"))
                .fails(ExitCode.WRONG_USAGE, "Toy needs images of at least 7 pixels, got 6");
        lesionforge(train(none, "--weights", weights, "--freeze", "--size", "6"))
                .fails(ExitCode.WRONG_USAGE, "Toy needs images of at least 7 pixels, got 6");
        lesionforge(train(none, "--classifier", "inception-v3", "--size", "16"))
                .fails(ExitCode.WRONG_USAGE, "Inception V3 needs images of at least 75 pixels, got 16");
        lesionforge(train(none, "--classifier", "toys")).fails(ExitCode.WRONG_USAGE, "'toys'", "inception-v3, toy");
        lesionforge(train(none, "--classifier", "inception-v3", "--weights", weights))
                .fails(ExitCode.UNUSABLE_INPUT, weights, "toy", "--architecture names inception-v3");
        Invocation.of(train(none, "--classifier", "toy"))
                .fails(ExitCode.WRONG_USAGE, "'toy'", "there are inception-v3");
        Invocation.of(train(none, "--weights", weights)).fails(ExitCode.UNUSABLE_INPUT, "does not hold Inception V3");
        lesionforge("evaluate", dataset + ":train", dataset + ":test", "--metric-weights", weights, "--features", "768")
                .fails(ExitCode.UNUSABLE_INPUT, "Toy has features of [6, 10] dimensions, not of 768");
        lesionforge("evaluate", dataset + ":train", dataset + ":test", "--metric-weights", weights, "--features", "9")
                .fails(ExitCode.WRONG_USAGE, "6, 10, 64, 192, 768, 2048", "got 9");
        assertFalse(Files.exists(none));
    }

    @Test
    void aPlanIsMeasuredWithIt() throws IOException {
        Invocation plan = lesionforge(
                train(folder.resolve("none"), "--classifier", "toy", "--micro-batch", "4", "--dry-run", "--serve"));
        assertFalse(plan.err().contains("watch the run"), plan.err());
        assertTrue(
                plan.succeeds().out().startsWith("Toy, random weights, all layers, recipe paper, 24 pixels"),
                plan.out());
        JsonNode numbers = JSON.readTree(lesionforge(train(
                        folder.resolve("none"), "--classifier", "toy", "--micro-batch", "4", "--dry-run", "--json"))
                .succeeds()
                .out());
        // Weights, gradients and two sums of 4,000 bytes, and 20,000 for each of 4 images.
        assertEquals(4 * 4_000 + 4 * 20_000, numbers.get("memory_bytes").asLong());
    }

    @Test
    void imagesAreMeasuredThroughIt() throws IOException {
        JsonNode verified = JSON.readTree(
                lesionforge("weights", "verify", weights, "--json").succeeds().out());
        assertEquals("toy-published", verified.get("network").asText());
        assertEquals("[6,10]", verified.get("features").toString());
        for (int dimensions : new int[] {6, 10}) {
            Path features = folder.resolve("features-" + dimensions + ".npy");
            Invocation measured = lesionforge(
                            "evaluate",
                            dataset + ":train",
                            pictures.toString(),
                            "--metric-weights",
                            weights,
                            "--features",
                            Integer.toString(dimensions),
                            "--metrics",
                            "fid",
                            "--save-features",
                            features.toString(),
                            "--no-cache",
                            "--quiet")
                    .succeeds();
            assertTrue(
                    measured.out().contains("fd-" + dimensions + "[toy-published, resize=pytorch-fid]"),
                    measured.out());
            double[] expected = dimensions == 6
                    ? new ToyNumbers(Path.of(weights)).features(picture, "stem")
                    : new ToyNumbers(Path.of(weights)).features(picture, "stem", "body");
            NpyArray array = NpyArray.open(features, "features");
            double[] read = array.doubles();
            array.channel().close();
            for (int k = 0; k < dimensions; k++) {
                assertEquals(expected[k], read[k], 1e-5, "feature " + k);
            }
        }
        lesionforge("audit", dataset, "--weights", weights, "--quiet").succeeds();
    }

    /** On frozen features of its own weights, measured through it, and with a GAN. */
    @Test
    void anExperimentIsMadeWithIt() throws IOException {
        Path run = folder.resolve("run");
        String[] experiment = {
            "experiment",
            dataset,
            "--out",
            run.toString(),
            "--weights",
            weights,
            "--freeze",
            "--layer",
            "last",
            "--metric-weights",
            weights,
            "--gan-size",
            "16",
            "--gan-width",
            "4",
            "--gan-epochs",
            "2",
            "--gan-snapshot-every",
            "1",
            "--accept-bad-generator",
            "--no-cache",
            "--quiet"
        };
        String plan = lesionforge(with(experiment, "--dry-run")).succeeds().out();
        assertTrue(plan.contains("Toy, from " + weights + ", last layer alone"), plan);
        lesionforge(experiment).succeeds();
        assertPredictsAsTheLoops(run.resolve("arms/none-seed0"));
        assertPredictsAsTheLoops(run.resolve("arms/dcgan-seed0"));
        assertKnowsNoOther(run);
        lesionforge(with(experiment, "--resume")).succeeds();
    }

    /** All layers from random weights, images measured with the classifier of the first arm; here the list begins with it. */
    @Test
    void anExperimentTakesTheFirstOfItsList() throws IOException {
        Path run = folder.resolve("first");
        Zoos first = new Zoos(new BackboneZoo(List.of(ToyBackbone.ARCHITECTURE)), GeneratorZoo.STANDARD);
        Invocation.of(
                        first,
                        "experiment",
                        dataset,
                        "--out",
                        run.toString(),
                        "--epochs",
                        "1",
                        "--batch",
                        "8",
                        "--gan-size",
                        "16",
                        "--gan-width",
                        "4",
                        "--gan-epochs",
                        "2",
                        "--gan-snapshot-every",
                        "1",
                        "--accept-bad-generator",
                        "--quiet")
                .succeeds();
        assertPredictsAsTheLoops(run.resolve("arms/dcgan-seed0"));
        assertEquals(
                SIDE,
                json(run.resolve("config.json"))
                        .get("options")
                        .get("classifier")
                        .get("size")
                        .asInt());
        assertTrue(Files.readString(run.resolve("report.html")).contains("Figure F."), "5 × 5 places are shown");
        assertKnowsNoOther(run);
    }

    private static String[] with(String[] some, String more) {
        String[] all = Arrays.copyOf(some, some.length + 1);
        all[some.length] = more;
        return all;
    }

    /** The program's own network is named in no file but where the paper's is. */
    private static void assertKnowsNoOther(Path run) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(each -> each.toString().matches(".*\\.(json|jsonl|html|txt|csv)"))
                    .toList()) {
                Files.readString(file)
                        .replaceAll("Toy instead of Inception V3", "")
                        .replaceAll("inception-2015-12-05|Inception (Score|Distance)", "")
                        .lines()
                        .filter(line -> line.matches("(?i).*inception.*"))
                        .forEach(line -> found.add(run.relativize(file) + ": " + excerpt(line)));
            }
        }
        assertEquals(List.of(), found);
    }

    private static String excerpt(String line) {
        int at = line.toLowerCase(Locale.ROOT).indexOf("inception");
        return line.substring(Math.max(0, at - 100), Math.min(line.length(), at + 100));
    }
}
