package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.ImagesAtSide;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.io.Sha256;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;

/** Whole commands with a family of generators that the program does not know: one mean image, which stands behind the DCGAN in the list. */
final class ToyFamilyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SIDE = 12;

    @TempDir
    static Path folder;

    private static String dataset;
    private static Path run;

    private static Invocation lesionforge(String... arguments) {
        return Invocation.of(ToyProgram.ZOOS, arguments);
    }

    private static String[] train(Path out, int epochs, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "gan",
                "train",
                dataset,
                "--family",
                "toy",
                "--class",
                "malignant",
                "--out",
                out.toString(),
                "--size",
                "" + SIDE,
                "--batch",
                "4",
                "--epochs",
                "" + epochs,
                "--snapshot-every",
                "" + epochs / 2,
                "--threads",
                "1",
                "--quiet"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @BeforeAll
    static void trainOnce() throws IOException {
        dataset = TinyDataset.prepareAt(folder, SIDE + ",24", "--test", "0.25", "--validation", "0.2")
                .toString();
        run = folder.resolve("run");
        lesionforge(train(run, 60)).succeeds();
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    private static float[] mean(Path of) throws IOException {
        Path snapshot;
        try (Stream<Path> files = Files.walk(of)) {
            snapshot = files.filter(file -> file.getFileName().toString().matches("epoch-.*\\.safetensors"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
        try (Tensor tensor = Safetensors.open(snapshot).tensor("mean")) {
            return Tensors.floats(tensor);
        }
    }

    @Test
    void itIsListedWithItsOptions() throws IOException {
        JsonNode families = JSON.readTree(
                lesionforge("gan", "families", "--json").succeeds().out());
        assertEquals(2, families.size());
        assertEquals("dcgan", families.get(0).get("name").asText());
        JsonNode toy = families.get(1);
        assertEquals("toy", toy.get("name").asText());
        assertEquals("Mean image", toy.get("title").asText());
        assertEquals("[12,20,64]", toy.get("sizes").toString());
        assertFalse(toy.get("conditional").asBoolean());
        assertEquals("learning_rate", toy.get("options").get(0).get("name").asText());
        assertEquals("noise", toy.get("options").get(1).get("name").asText());
        assertTrue(lesionforge("gan", "families")
                .succeeds()
                .out()
                .contains("toy: Mean image, images of 12, 20, 64 pixels"));
    }

    /** The command line has them without a word about the family in the program; a file of settings, too. */
    @Test
    void itsOwnOptionsAreOptions() throws IOException {
        Path quiet = folder.resolve("quiet");
        lesionforge(train(quiet, 2, "--noise", "0", "--lr", "0.5")).succeeds();
        JsonNode options = json(quiet.resolve("config.json")).get("options");
        assertEquals(0, options.get("noise").asDouble());
        assertEquals(0.5, options.get("learning_rate").asDouble());
        Path again = folder.resolve("quiet-again");
        lesionforge(
                        "gan",
                        "train",
                        "--config",
                        quiet.resolve("config.json").toString(),
                        "--out",
                        again.toString(),
                        "--quiet")
                .succeeds();
        assertArrayEquals(mean(quiet), mean(again));
        String help = lesionforge("gan", "train", "--help").succeeds().out();
        assertTrue(help.replaceAll("\\s+", " ").contains("Of the family toy: deviation of the noise"), help);
        lesionforge(train(folder.resolve("none"), 2, "--noise", "much")).fails(ExitCode.WRONG_USAGE, "--noise", "much");
        String[] dcgan = train(folder.resolve("none"), 2, "--noise", "1");
        dcgan[Arrays.asList(dcgan).indexOf("toy")] = "dcgan";
        lesionforge(dcgan).fails(ExitCode.WRONG_USAGE, "--noise is not an option of dcgan");
        Invocation.of(train(folder.resolve("none"), 2, "--noise", "1")).fails(ExitCode.WRONG_USAGE, "--noise");
    }

    @Test
    void itLearnsAndLogsColumnsOfItsOwn() throws IOException {
        JsonNode config = json(run.resolve("config.json"));
        assertEquals("toy", config.get("family").asText());
        assertEquals(0.1, config.get("options").get("noise").asDouble());
        List<String> lines = Files.readAllLines(run.resolve("stats.jsonl"));
        JsonNode first = JSON.readTree(lines.get(0));
        JsonNode last = JSON.readTree(lines.get(lines.size() - 1));
        List<String> keys = new ArrayList<>();
        last.fieldNames().forEachRemaining(keys::add);
        assertEquals(List.of("iteration", "epoch", "brightness", "loss"), keys);
        assertTrue(last.get("loss").asDouble() < first.get("loss").asDouble() / 2, first + " " + last);
        ImagesAtSide real =
                Dataset.open(Path.of(dataset)).training().ofClass("malignant").at(SIDE);
        double[] expected = new double[3 * SIDE * SIDE];
        for (int i = 0; i < real.size(); i++) {
            byte[] pixels = real.image(i).pixels();
            for (int at = 0; at < pixels.length; at++) {
                expected[at % 3 * SIDE * SIDE + at / 3] += ((pixels[at] & 0xFF) / 127.5 - 1) / real.size();
            }
        }
        // Batches of four of about nine differ from all of them by a fraction of what single images do.
        float[] mean = mean(run);
        for (int at = 0; at < mean.length; at++) {
            assertEquals(expected[at], mean[at], 0.15, "value " + at);
        }
    }

    @Test
    void whatItHasNotIsRefused() {
        Path none = folder.resolve("none");
        lesionforge(train(none, 2, "--latent", "8")).fails(ExitCode.WRONG_USAGE, "--latent is not an option of toy");
        lesionforge(train(none, 2, "--preset", "small-data")).fails(ExitCode.WRONG_USAGE, "small-data", "toy", "paper");
        String[] sixteen = train(none, 2);
        sixteen[Arrays.asList(sixteen).indexOf("--size") + 1] = "16";
        lesionforge(sixteen).fails(ExitCode.WRONG_USAGE, "[12, 20, 64]", "got 16");
        String[] unknown = train(none, 2);
        unknown[Arrays.asList(unknown).indexOf("--family") + 1] = "toys";
        lesionforge(unknown).fails(ExitCode.WRONG_USAGE, "'toys'", "dcgan, toy");
        Invocation.of(train(none, 2)).fails(ExitCode.WRONG_USAGE, "'toy'", "there are dcgan");
        Invocation.of("gan", "sample", run.toString(), "--count", "2", "--out", none.toString())
                .fails(ExitCode.UNUSABLE_INPUT, "toy", "dcgan");
        lesionforge("gan", "interpolate", run.toString(), "--out", none.toString())
                .fails(ExitCode.UNUSABLE_INPUT, "of the family toy", "no way to walk");
        assertFalse(Files.exists(none));
    }

    @Test
    void itsPlanIsPrintedAndItsNetIsShown() throws IOException {
        String plan = lesionforge(train(folder.resolve("none"), 2, "--dry-run"))
                .succeeds()
                .out();
        assertTrue(plan.contains("Mean image, 12 pixels") && plan.contains("noise"), plan);
        JsonNode inspected = JSON.readTree(lesionforge("gan", "inspect", run.toString(), "--json")
                .succeeds()
                .out());
        assertTrue(inspected.toString().contains("\"parameters\":432"), inspected.toString());
    }

    @Test
    void itsImagesAreDrawnAndMeasured() throws Exception {
        Path five = folder.resolve("five");
        Path two = folder.resolve("two");
        sample(five, "5");
        sample(two, "2");
        List<RgbImage> drawn = images(five);
        assertEquals(5, drawn.size());
        List<RgbImage> fewer = images(two);
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(drawn.get(i).pixels(), fewer.get(i).pixels());
        }
        assertNotEquals(
                Arrays.hashCode(drawn.get(0).pixels()),
                Arrays.hashCode(drawn.get(1).pixels()));
        // The noise is 0.1 of a range of 2, and images are mean and noise.
        float[] mean = mean(run);
        double squares = 0;
        int count = 0;
        for (RgbImage image : drawn) {
            for (int at = 0; at < mean.length; at++) {
                double value = (image.pixels()[at] & 0xFF) / 127.5 - 1;
                double of = mean[at % 3 * SIDE * SIDE + at / 3];
                if (Math.abs(of) < 0.6) {
                    squares += (value - of) * (value - of);
                    count++;
                }
            }
        }
        // The estimate's own deviation is 0.1 / √(2n), and n is above 1000.
        assertTrue(count > 1000, count + " values");
        assertEquals(0.1, Math.sqrt(squares / count), 0.01);
        Invocation measured = lesionforge(
                        "evaluate",
                        dataset + ":train/malignant",
                        five.toString(),
                        "--metric-weights",
                        ToyProgram.weights(folder.resolve("toy.safetensors")).toString(),
                        "--metrics",
                        "fid",
                        "--no-cache",
                        "--json",
                        "--quiet")
                .succeeds();
        assertTrue(measured.out().contains("fd-10[toy-published, resize=pytorch-fid]"), measured.out());
    }

    private static void sample(Path out, String count) {
        lesionforge(
                        "gan",
                        "sample",
                        run.toString(),
                        "--count",
                        count,
                        "--seed",
                        "3",
                        "--out",
                        out.toString(),
                        "--quiet")
                .succeeds();
    }

    private static List<RgbImage> images(Path set) throws Exception {
        List<RgbImage> images = new ArrayList<>();
        try (Stream<Path> files = Files.walk(set)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".png"))
                    .sorted()
                    .toList()) {
                images.add(ImageDecoder.read(file));
            }
        }
        return images;
    }

    /** Stopped by a signal in the midst, and resumed: as if nothing had happened. */
    @Test
    void aTrainingThatWasStoppedComesOutTheSame() throws IOException, InterruptedException {
        Path straight = folder.resolve("straight");
        Path stopped = folder.resolve("stopped");
        lesionforge(train(straight, 2000)).succeeds();
        try (ProgramProcess training =
                ProgramProcess.start(folder.resolve("err.txt"), ToyProgram.class, train(stopped, 2000))) {
            training.awaitThat(() -> lines(stopped.resolve("stats.jsonl")) > 100);
            training.send("INT", 2);
            assertEquals(130, training.exitCode(), training.said());
        }
        assertFalse(Files.exists(stopped.resolve("best.json")), "it was too quick to be stopped");
        lesionforge("gan", "resume", stopped.toString(), "--threads", "1", "--quiet")
                .succeeds();
        assertEquals(files(straight), files(stopped));
    }

    private static int lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The checksum of every file but of those that tell the time and of all checkpoints but the last. */
    private static Map<String, String> files(Path of) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        String last = "";
        try (Stream<Path> all = Files.walk(of)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = of.relativize(file).toString();
                if (name.matches(".*/state-\\d+\\.safetensors")) {
                    last = name;
                } else if (!name.contains("/state-")) {
                    sums.put(name, Sha256.of(file));
                }
            }
        }
        sums.put(last, Sha256.of(of.resolve(last)));
        return sums;
    }
}
