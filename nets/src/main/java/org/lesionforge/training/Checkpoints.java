package org.lesionforge.training;

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
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.file.Safetensors;

/**
 * The states of a training that it can resume from: {@code state-NNNNNNNN.safetensors} with the tensors and, written after it,
 * {@code state-NNNNNNNN.json} with the rest. A checkpoint is whole when its JSON is there.
 */
public final class Checkpoints {
    private static final Pattern JSON = Pattern.compile("state-(\\d{8,18})\\.json");
    private static final Pattern TENSORS = Pattern.compile("state-\\d{8,18}\\.safetensors");

    private final Path folder;
    private final CheckpointPolicy policy;
    private final LogFiles logs;
    private long savedAt = System.nanoTime();
    private Optional<Long> last = Optional.empty();

    /**
     * Writes nothing yet.
     *
     * @param folder made by {@link #requireDisk}
     * @param policy how many are kept; older ones are deleted
     * @param logs of the training, which a checkpoint must fit to
     */
    public Checkpoints(Path folder, CheckpointPolicy policy, LogFiles logs) {
        this.folder = folder;
        this.policy = policy;
        this.logs = logs;
    }

    /**
     * Makes a checkpoint.
     *
     * @param header without checksums of the tensors and of itself
     * @param tensors by name
     * @throws IOException when it cannot be written; those there are stay as they are
     */
    public void save(CheckpointHeader header, Map<String, Tensor> tensors) throws IOException {
        Path file = file(header.iteration(), "safetensors");
        String sha256 = Safetensors.write(file, tensors, Map.of());
        // After a power failure there must be no JSON without its tensors.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Json.write(file(header.iteration(), "json"), Seal.of(header, sha256));
        savedAt = System.nanoTime();
        last = Optional.of(header.iteration());
        deleteOld(header.iteration());
    }

    private void deleteOld(long latest) throws IOException {
        List<Path> kept = new ArrayList<>();
        for (Path json : whole()) {
            // Later checkpoints were damaged, and training was resumed from an earlier one.
            if (iteration(json) <= latest && kept.size() < policy.keep()) {
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

    /** {@return whether the last checkpoint, or else this object, is older than the policy allows} */
    public boolean isDue() {
        return System.nanoTime() - savedAt >= policy.every().toNanos();
    }

    /**
     * {@return the message of a training that has ended because something could not be written: with what is left to resume from}
     *
     * @param reason what could not be
     */
    public String ended(IOException reason) {
        String left = last.map(iteration -> "the checkpoint of iteration " + iteration + " is intact")
                .orElse("there is no checkpoint yet");
        return reason.getMessage() + "; training has ended, " + left + ": mend that and resume the run";
    }

    /**
     * Restores the last undamaged state. A damaged one is reported, and the one before it is used.
     *
     * @param <H> the JSON's record
     * @param type the record's class
     * @param state is given the JSON and the tensors; throws UnusableInputException, unchanged, when they do not fit it
     * @param progress receives what is damaged
     * @return what it was; empty when there is no checkpoint
     * @throws UnusableInputException when there are some and none can be used
     */
    public <H extends CheckpointHeader> Optional<H> restore(
            Class<H> type, BiConsumer<H, Map<String, Tensor>> state, Progress progress) {
        Map<Path, UnusableInputException> problems = new LinkedHashMap<>();
        for (Path json : whole()) {
            try (Scope scope = new Scope()) {
                H header = Json.read(json, type);
                if (header.iteration() != iteration(json)) {
                    throw new UnusableInputException(json + " says that it is of iteration " + header.iteration());
                }
                Seal.requireUnbroken(header, json, tensors(json));
                logs.requireUnchanged(header);
                state.accept(header, Safetensors.open(tensors(json)).tensors());
                problems.forEach((damaged, problem) -> progress.warn("the checkpoint " + damaged + " cannot be used: "
                        + problem.getMessage() + "; the earlier checkpoint " + json + " is used"));
                if (Seal.isMissing(header)) {
                    progress.warn(Checksums.UNKNOWN);
                }
                last = Optional.of(header.iteration());
                return Optional.of(header);
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
                        + first.getMessage() + "; bring one back as it was, or delete that folder to train anew",
                first);
    }

    /**
     * Makes the folder, and checks that the disk has room.
     *
     * @param most bytes that the folder's files will take
     * @param use what takes them, for a message
     * @param remedy what to do when there is less
     * @return the message
     * @throws MissingRequirementException when the disk is too small
     * @throws IOException when the folder cannot be made
     */
    public String requireDisk(long most, String use, String remedy) throws IOException {
        OutputFolder.create(folder);
        long free = Files.getFileStore(folder).getUsableSpace();
        String message = String.format(
                Locale.ROOT, "%s: up to %s in %s, where %s are free", use, megabytes(most), folder, megabytes(free));
        if (most - bytes() > free) {
            throw new MissingRequirementException(message + "; " + remedy);
        }
        return message;
    }

    /**
     * {@return a size, for a message}
     *
     * @param bytes at least 0
     */
    public static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }

    /** Bytes that the files of this folder take now. */
    private long bytes() throws IOException {
        long bytes = 0;
        for (Path file : FileTree.children(folder, Files::isRegularFile)) {
            bytes += Files.size(file);
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
