package org.lesionforge.gan;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.data.Licences;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.image.ContactSheet;
import org.lesionforge.image.PngWriter;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Json;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.Metric;
import org.lesionforge.torch.Safetensors;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Torch;

/**
 * The directory of one GAN training run: {@code config.json}, {@code training-ids.txt}, {@code licences.json}, {@code stats.jsonl}, {@code metrics.jsonl},
 * {@code samples/}, {@code checkpoints/}, {@code best.json}.
 */
public final class GanRun {
    /**
     * What the run is, as {@code config.json} keeps it.
     *
     * @param className the class it learns
     * @param dataset where the images came from
     * @param splitSha256 which split they were the training part of
     * @param images how many there were
     */
    public record Config(String className, String dataset, String splitSha256, int images, GanOptions options) {}

    /** Which snapshot {@code best} means, and why. */
    public record Best(int epoch, String reason) {}

    /**
     * What a finished run came to; the JSON of {@code gan train}.
     *
     * @param imagesPerSecond real images per second of training steps alone, snapshots left out
     * @param snapshots per snapshot its epoch, metrics and what is missing, as in {@code metrics.jsonl}
     */
    public record Summary(
            String run, long iterations, int epochs, double imagesPerSecond, List<JsonNode> snapshots, Best best) {}

    private static final String LICENCES = "licences.json";
    private static final Pattern SNAPSHOT = Pattern.compile("epoch-(\\d+)\\.generator\\.safetensors");
    private static final int GRID_COLUMNS = 8;

    private final Path folder;
    private final Config config;

    private GanRun(Path folder, Config config) {
        this.folder = folder;
        this.config = config;
    }

    /**
     * Starts a run.
     *
     * @throws UnusableInputException when {@code folder} already holds something: a second run never overwrites a first
     */
    public static GanRun create(Path folder, TrainingPart real, String className, GanOptions options)
            throws IOException {
        OutputFolder.requireFree(folder);
        OutputFolder.create(folder);
        Config config = new Config(
                className,
                real.dataset().folder().toString(),
                real.dataset().manifest().split().sha256(),
                real.size(),
                options);
        Json.write(folder.resolve("config.json"), config);
        List<String> ids = IntStream.range(0, real.size()).mapToObj(real::id).toList();
        Json.write(folder.resolve(LICENCES), Licences.of(real));
        Files.write(folder.resolve("training-ids.txt"), ids);
        return new GanRun(folder, config);
    }

    /** @throws UnusableInputException when {@code folder} is not a GAN run */
    public static GanRun open(Path folder) {
        if (!Files.isRegularFile(folder.resolve("training-ids.txt"))) {
            throw new UnusableInputException(
                    folder + " is not a GAN run (no training-ids.txt); train one with: lesionforge gan train");
        }
        return new GanRun(folder, Json.read(folder.resolve("config.json"), Config.class));
    }

    public Path folder() {
        return folder;
    }

    public Config config() {
        return config;
    }

    /** The licences and owners of the images the GAN has seen. */
    public Licences licences() {
        Path file = folder.resolve(LICENCES);
        // Runs before there was such a file say nothing.
        return Files.exists(file) ? Json.read(file, Licences.class) : Licences.UNSTATED;
    }

    /** The ids of the images the GAN has seen. */
    public List<String> trainingIds() {
        try {
            return Files.readAllLines(folder.resolve("training-ids.txt"));
        } catch (IOException e) {
            throw new UnusableInputException("cannot read the training ids of " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Whether training has come to its end. */
    public boolean isFinished() {
        return Files.isRegularFile(folder.resolve("best.json"));
    }

    /**
     * The snapshot to use.
     *
     * @throws UnusableInputException when training has not come to its end
     */
    public Best best() {
        if (!isFinished()) {
            throw new UnusableInputException(
                    folder + " is not finished, so none of its snapshots is the best yet; it has " + snapshots());
        }
        return Json.read(folder.resolve("best.json"), Best.class);
    }

    /**
     * Epochs of all snapshots, ascending; never empty.
     *
     * @throws UnusableInputException when there are none yet
     */
    public List<Integer> snapshots() {
        Path checkpoints = folder.resolve("checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            throw new UnusableInputException(folder + " has no snapshot yet; train it to its first one");
        }
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.map(file -> SNAPSHOT.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Integer.valueOf(name.group(1)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + checkpoints + ": " + e.getMessage(), e);
        }
    }

    /** The generator's weights after {@code epoch}. */
    public Path snapshotFile(int epoch) {
        return folder.resolve("checkpoints")
                .resolve(String.format(Locale.ROOT, "epoch-%04d.generator.safetensors", epoch));
    }

    /** @throws UnusableInputException when there is no snapshot of that epoch; the message names those there are */
    public Sampler sampler(int epoch) {
        if (!snapshots().contains(epoch)) {
            throw new UnusableInputException(folder + " has no snapshot of epoch " + epoch + "; it has " + snapshots());
        }
        Generator generator = new Generator(config.options(), new Seed(0));
        try (Scope scope = new Scope()) {
            StateDict.load(generator, Safetensors.open(snapshotFile(epoch)).tensors());
        }
        generator.to(Torch.device(), false);
        return new Sampler(generator, config.options());
    }

    /** The lines of {@code stats.jsonl}, one per iteration. */
    final class Log implements AutoCloseable {
        private final BufferedWriter writer;

        private Log() throws IOException {
            writer = Files.newBufferedWriter(
                    folder.resolve("stats.jsonl"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        void write(long iteration, int epoch, GanStep.Outcome outcome) throws IOException {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("iteration", iteration);
            line.put("epoch", epoch);
            line.put("loss_d", (float) outcome.lossD());
            line.put("loss_g", (float) outcome.lossG());
            line.put("d_real", (float) outcome.dReal());
            line.put("d_fake", (float) outcome.dFake());
            writer.write(Json.line(line));
            writer.newLine();
        }

        void flush() throws IOException {
            writer.flush();
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    Log openLog() throws IOException {
        return new Log();
    }

    void saveSnapshot(int epoch, Module generator, Module discriminator) throws IOException {
        Map<String, String> metadata = Map.of("epoch", Integer.toString(epoch), "class", config.className());
        try (Scope scope = new Scope()) {
            Safetensors.write(snapshotFile(epoch), StateDict.of(generator), metadata);
            Map<String, Tensor> state = StateDict.of(discriminator);
            Safetensors.write(folder.resolve("checkpoints").resolve("discriminator.safetensors"), state, metadata);
        }
    }

    void saveSampleGrid(int epoch, List<RgbImage> images) throws IOException {
        Path file = folder.resolve("samples").resolve(String.format(Locale.ROOT, "epoch-%04d.png", epoch));
        RgbImage sheet = ContactSheet.of(images, GRID_COLUMNS, 2);
        PngWriter.write(sheet, Map.of("Description", "synthetic images from fixed latents after epoch " + epoch), file);
    }

    void appendMetrics(int epoch, long iteration, SnapshotJudge.Verdict verdict) throws IOException {
        List<Map<String, Object>> metrics = new ArrayList<>();
        verdict.metrics().forEach((key, metric) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("key", key);
            entry.put("name", metric.name());
            entry.put("value", metric.value());
            entry.put("std", metric.std());
            entry.put("recipe", metric.recipe());
            metrics.add(entry);
        });
        List<Map<String, String>> missing = new ArrayList<>();
        verdict.missing().forEach((key, reason) -> missing.add(Map.of("key", key, "reason", reason)));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("epoch", epoch);
        line.put("iteration", iteration);
        line.put("metrics", metrics);
        line.put("missing", missing);
        Json.appendLine(folder.resolve("metrics.jsonl"), line);
    }

    /**
     * Writes {@code best.json}, which also says that training has ended.
     *
     * @param selectionMetric the name of the distance to validation images that chooses; empty takes the last snapshot
     */
    void chooseBest(Optional<String> selectionMetric) throws IOException {
        Json.write(
                folder.resolve("best.json"),
                selectionMetric.map(this::lowestToValidation).orElseGet(this::last));
    }

    Summary summary(long iterations, int epochs, double imagesPerSecond) {
        return new Summary(
                folder.toString(),
                iterations,
                epochs,
                imagesPerSecond,
                Json.readLines(folder.resolve("metrics.jsonl")),
                best());
    }

    private Best last() {
        List<Integer> epochs = snapshots();
        return new Best(
                epochs.get(epochs.size() - 1),
                "the last snapshot, as in the paper (no validation images to choose by)");
    }

    private Best lowestToValidation(String metricName) {
        Map.Entry<Integer, Double> lowest = metricByEpoch("kid_validation").entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .orElseThrow();
        return new Best(
                lowest.getKey(),
                String.format(Locale.ROOT, "lowest %s to the validation images: %.3g", metricName, lowest.getValue()));
    }

    /** All metrics of one snapshot; none when it was not measured. */
    public List<Metric> metrics(int epoch) {
        List<Metric> metrics = new ArrayList<>();
        Json.readLines(folder.resolve("metrics.jsonl")).stream()
                .filter(line -> line.get("epoch").asInt() == epoch)
                .forEach(
                        line -> line.get("metrics").forEach(metric -> metrics.add(Json.convert(metric, Metric.class))));
        return metrics;
    }

    /** One metric of every snapshot, by epoch; snapshots without it are left out. */
    public Map<Integer, Double> metricByEpoch(String key) {
        Map<Integer, Double> values = new TreeMap<>();
        Json.readLines(folder.resolve("metrics.jsonl"))
                .forEach(line -> line.get("metrics").forEach(metric -> {
                    if (metric.get("key").asText().equals(key)) {
                        values.put(
                                line.get("epoch").asInt(), metric.get("value").asDouble());
                    }
                }));
        return values;
    }
}
