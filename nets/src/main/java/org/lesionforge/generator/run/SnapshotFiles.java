package org.lesionforge.generator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.run.Snapshot;
import org.lesionforge.torch.file.Safetensors;

/**
 * The generators that a run keeps: {@code epoch-NNNN.generator.safetensors}, {@code epoch-NNNN.ema.safetensors} for their average, and {@code
 * snapshots.json} with the SHA-256 of each.
 *
 * @param folder of the run's checkpoints
 */
public record SnapshotFiles(Path folder) {
    private static final String CHECKSUMS = "snapshots.json";
    private static final Pattern NAME = Pattern.compile("epoch-(\\d+)\\.(generator|ema)\\.safetensors");

    List<Snapshot> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return FileTree.children(folder, Files::isRegularFile).stream()
                .map(file -> NAME.matcher(file.getFileName().toString()))
                .filter(Matcher::matches)
                .map(name -> new Snapshot(
                        Integer.parseInt(name.group(1)),
                        name.group(2).equals(GeneratorWeights.EMA.file())
                                ? GeneratorWeights.EMA
                                : GeneratorWeights.RAW))
                .toList();
    }

    /** Epochs of all of them, ascending. */
    List<Integer> epochs() {
        return all().stream().map(Snapshot::epoch).distinct().sorted().toList();
    }

    Path file(Snapshot snapshot) {
        return folder.resolve(name(snapshot));
    }

    /**
     * Keeps a generator.
     *
     * @param snapshot which it is
     * @param tensors of the generator, by name
     * @param className of the images that it makes
     * @throws IOException when a file cannot be written
     */
    public void save(Snapshot snapshot, Map<String, Tensor> tensors, String className) throws IOException {
        Map<String, String> metadata = Map.of(
                "epoch", Integer.toString(snapshot.epoch()),
                "class", className,
                "weights", snapshot.weights().word());
        String sha256 = Safetensors.write(file(snapshot), tensors, metadata);
        Map<String, String> checksums = checksums();
        checksums.put(name(snapshot), sha256);
        Json.write(folder.resolve(CHECKSUMS), checksums);
    }

    /** What a snapshot's file was when it was written; empty in runs of version 0.1. */
    Optional<String> sha256(Snapshot snapshot) {
        return Optional.ofNullable(checksums().get(name(snapshot)));
    }

    /** By name, sorted. */
    private Map<String, String> checksums() {
        Map<String, String> checksums = new TreeMap<>();
        Path file = folder.resolve(CHECKSUMS);
        if (Files.exists(file)) {
            JsonObject sums = JsonObject.read(file);
            sums.keys().forEach(name -> checksums.put(name, sums.text(name)));
        }
        return checksums;
    }

    private static String name(Snapshot snapshot) {
        return String.format(
                Locale.ROOT,
                "epoch-%04d.%s.safetensors",
                snapshot.epoch(),
                snapshot.weights().file());
    }

    /**
     * Deletes all but the last ones and the best.
     *
     * @param keep how many epochs are kept, at least 1
     * @param best kept in any case
     * @throws IOException when a file cannot be deleted or written
     */
    public void deleteOld(int keep, Optional<Snapshot> best) throws IOException {
        List<Integer> epochs = epochs();
        int first = epochs.get(Math.max(0, epochs.size() - keep));
        Map<String, String> checksums = checksums();
        for (Snapshot snapshot : all()) {
            if (snapshot.epoch() < first && best.filter(snapshot::equals).isEmpty()) {
                Files.delete(file(snapshot));
                checksums.remove(name(snapshot));
            }
        }
        Json.write(folder.resolve(CHECKSUMS), checksums);
    }
}
