package org.lesionforge.gan;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.Json;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Safetensors;
import org.lesionforge.torch.Scope;

/**
 * The states of a training that it can go on from: {@code state-NNNNNNNN.safetensors} with the tensors and, written after it,
 * {@code state-NNNNNNNN.json} with the rest. A checkpoint is whole when its JSON is there.
 */
final class Checkpoints {
    private final Path folder;
    private final int keep;

    /** @param keep how many are kept; older ones are deleted */
    Checkpoints(Path folder, int keep) {
        this.folder = folder;
        this.keep = keep;
    }

    /** @throws IOException when it cannot be written; those there are stay as they are */
    void save(Checkpoint checkpoint, GanState state) throws IOException {
        Path tensors = file(checkpoint.iteration(), "safetensors");
        try (Scope scope = new Scope()) {
            Safetensors.write(tensors, state.tensors(), Map.of());
        }
        // After a power failure there must be no JSON without its tensors.
        try (FileChannel channel = FileChannel.open(tensors, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Json.write(file(checkpoint.iteration(), "json"), checkpoint);
        deleteOld();
    }

    private void deleteOld() throws IOException {
        List<Path> whole = whole();
        for (Path json : whole.subList(Math.min(keep, whole.size()), whole.size())) {
            // The JSON first: a checkpoint that is half deleted must not look whole.
            Files.delete(json);
            Files.deleteIfExists(tensors(json));
        }
    }

    /**
     * Brings the last state back that can be read.
     *
     * @return what it was; empty when there is no checkpoint
     * @throws UnusableInputException when there are some and none can be read
     */
    Optional<Checkpoint> restore(GanState state, Progress progress) {
        UnusableInputException problem = null;
        for (Path json : whole()) {
            try (Scope scope = new Scope()) {
                Checkpoint checkpoint = Json.read(json, Checkpoint.class);
                state.restore(checkpoint, Safetensors.open(tensors(json)).tensors());
                return Optional.of(checkpoint);
            } catch (UnusableInputException e) {
                progress.message("the checkpoint " + json + " cannot be used: " + e.getMessage());
                problem = e;
            }
        }
        if (problem != null) {
            throw problem;
        }
        return Optional.empty();
    }

    /** Bytes that the files of this folder take now. */
    long bytes() throws IOException {
        long bytes = 0;
        if (Files.isDirectory(folder)) {
            for (Path file : FileTree.children(folder, Files::isRegularFile)) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** The JSON of each whole checkpoint, the last first. */
    private List<Path> whole() {
        return Files.isDirectory(folder)
                ? FileTree.children(
                                folder, file -> file.getFileName().toString().matches("state-\\d{8,}\\.json"))
                        .stream()
                        .sorted(Comparator.comparing((Path file) ->
                                        file.getFileName().toString().length())
                                .thenComparing(file -> file.getFileName().toString())
                                .reversed())
                        .toList()
                : List.of();
    }

    private Path file(long iteration, String extension) {
        return folder.resolve(String.format(Locale.ROOT, "state-%08d.%s", iteration, extension));
    }

    private static Path tensors(Path json) {
        return json.resolveSibling(json.getFileName().toString().replace(".json", ".safetensors"));
    }
}
