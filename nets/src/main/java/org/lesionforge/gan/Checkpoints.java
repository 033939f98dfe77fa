package org.lesionforge.gan;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.file.Safetensors;

/**
 * The states of a training that it can resume from: {@code state-NNNNNNNN.safetensors} with the tensors and, written after it,
 * {@code state-NNNNNNNN.json} with the rest. A checkpoint is whole when its JSON is there.
 */
final class Checkpoints {
    private static final Pattern JSON = Pattern.compile("state-(\\d{8,18})\\.json");
    private static final Pattern TENSORS = Pattern.compile("state-\\d{8,18}\\.safetensors");

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
        String sha256;
        try (Scope scope = new Scope()) {
            sha256 = Safetensors.write(tensors, state.tensors(), Map.of());
        }
        // After a power failure there must be no JSON without its tensors.
        try (FileChannel channel = FileChannel.open(tensors, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Json.write(file(checkpoint.iteration(), "json"), checkpoint.sealed(sha256));
        deleteOld(checkpoint.iteration());
    }

    private void deleteOld(long last) throws IOException {
        List<Path> kept = new ArrayList<>();
        for (Path json : whole()) {
            // Later checkpoints were damaged, and training was resumed from an earlier one.
            if (iteration(json) <= last && kept.size() < keep) {
                kept.add(tensors(json));
            } else {
                // The JSON first: a checkpoint that is half deleted must not look whole.
                Files.delete(json);
            }
        }
        // Including those of a process that was killed before it wrote the JSON.
        for (Path tensors : FileTree.children(folder, Checkpoints::isTensors)) {
            if (!kept.contains(tensors)) {
                Files.deleteIfExists(tensors);
            }
        }
    }

    /**
     * Restores the last undamaged state. A damaged one is reported, and the one before it is used.
     *
     * @param further what else a checkpoint must fit to; throws UnusableInputException when it does not
     * @return what it was; empty when there is no checkpoint
     * @throws UnusableInputException when there are some and none can be used
     */
    Optional<Checkpoint> restore(GanState state, Consumer<Checkpoint> further, Progress progress) {
        Map<Path, UnusableInputException> problems = new LinkedHashMap<>();
        for (Path json : whole()) {
            try (Scope scope = new Scope()) {
                Checkpoint checkpoint = Json.read(json, Checkpoint.class);
                if (checkpoint.iteration() != iteration(json)) {
                    throw new UnusableInputException(json + " says that it is of iteration " + checkpoint.iteration());
                }
                checkpoint.requireUnchanged(json, tensors(json));
                further.accept(checkpoint);
                state.restore(checkpoint, Safetensors.open(tensors(json)).tensors());
                problems.forEach((damaged, problem) -> progress.warn("the checkpoint " + damaged + " cannot be used: "
                        + problem.getMessage() + "; the earlier checkpoint " + json + " is used"));
                if (checkpoint.isUnsealed()) {
                    progress.warn(Checksums.UNKNOWN);
                }
                return Optional.of(checkpoint);
            } catch (UnusableInputException e) {
                problems.put(json, e);
            }
        }
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        UnusableInputException first = problems.values().iterator().next();
        throw new UnusableInputException(
                "none of the " + problems.size() + " checkpoints in " + folder + " can be used, the last because of: "
                        + first.getMessage() + "; bring one back as it was, or train anew in another folder",
                first);
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
                ? FileTree.children(folder, file -> JSON.matcher(name(file)).matches()).stream()
                        .sorted(Comparator.comparingLong(Checkpoints::iteration).reversed())
                        .toList()
                : List.of();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static boolean isTensors(Path file) {
        return TENSORS.matcher(name(file)).matches() && Files.isRegularFile(file);
    }

    /** As the file's name has it. */
    private static long iteration(Path json) {
        Matcher name = JSON.matcher(name(json));
        return name.matches() ? Long.parseLong(name.group(1)) : -1;
    }

    private Path file(long iteration, String extension) {
        return folder.resolve(String.format(Locale.ROOT, "state-%08d.%s", iteration, extension));
    }

    private static Path tensors(Path json) {
        return json.resolveSibling(json.getFileName().toString().replace(".json", ".safetensors"));
    }
}
