package org.lesionforge.weights;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.http.MismatchException;
import org.lesionforge.http.RetryPolicy;
import org.lesionforge.http.RetryingClient;
import org.lesionforge.http.UnavailableException;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.CacheFolder;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;

/**
 * The user's folder of known weights. A file has its published name there only when it is complete and has the right checksum; until then it
 * is {@code FILE.part}, from which an interrupted download resumes. {@code FILE.lock} keeps two processes apart.
 */
public final class WeightsCache {
    private static final Duration LOCK_POLL = Duration.ofMillis(200);
    private static final long MEGABYTE = 1_000_000;
    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final Supplier<HttpClient> client;
    private final RetryPolicy patience;

    WeightsCache(Path folder, Supplier<HttpClient> client, RetryPolicy patience) {
        this.folder = folder;
        this.client = client;
        this.patience = patience;
    }

    /** {@return the folder {@code weights} in the {@linkplain CacheFolder user's cache folder}} */
    public static WeightsCache ofUser() {
        return new WeightsCache(
                CacheFolder.path().resolve("weights"), RetryingClient::usualHttpClient, RetryPolicy.USUAL);
    }

    /** {@return the folder, which need not be there yet} */
    public Path folder() {
        return folder;
    }

    /**
     * Where known weights are, once they are here.
     *
     * @param known whose published file name is theirs here
     * @return the path, whether or not a file is there
     */
    public Path path(KnownWeights known) {
        return folder.resolve(known.file());
    }

    /**
     * Whether known weights are here; their checksum is not computed.
     *
     * @param known to look for
     * @return whether a complete file is there
     */
    public boolean has(KnownWeights known) {
        return Files.isRegularFile(path(known));
    }

    /**
     * The file that {@code fileOrName} means: a known network's in this cache, by its name or its checksum, else the file of that path. Never
     * downloads.
     *
     * @param option what takes it, for messages: {@code --weights}
     * @throws MissingRequirementException when a known network is named that is not here, saying how to get it, or when a checksum is nobody's
     */
    Path find(Path fileOrName, String option) {
        Optional<KnownWeights> known = known(fileOrName);
        if (known.isEmpty()) {
            requireFile(fileOrName, option);
            return fileOrName;
        }
        if (!has(known.get())) {
            throw new MissingRequirementException("the weights '" + known.get().name() + "' are not in " + folder
                    + "; get them with: lesionforge weights fetch "
                    + known.get().name() + ", or give the file in place of the name (" + option + " FILE). "
                    + known.get().byHand());
        }
        return path(known.get());
    }

    /** An experiment records weights by their checksum alone, and its options may be asked for again. */
    private static Optional<KnownWeights> known(Path fileOrName) {
        String name = fileOrName.toString();
        return KnownWeights.named(name).or(() -> KnownWeights.withChecksum(name));
    }

    private static void requireFile(Path file, String option) {
        if (CHECKSUM.matcher(file.toString()).matches() && !Files.exists(file)) {
            throw new MissingRequirementException("weights are given by their checksum " + file
                    + ", which is none of the known files'; name their file with " + option + " FILE");
        }
    }

    /**
     * As {@link PretrainedWeights#open}, for a file or the name of a known network in this cache.
     *
     * @param fileOrName a name or a checksum comes before a file that is called so
     * @param option what takes it, for messages: {@code --weights}
     * @param backbones that it may be of
     * @return what the file holds
     * @throws MissingRequirementException when a known network is named that is not here, with how to get it
     * @throws UnusableInputException also when the cached file has been changed
     */
    public PretrainedWeights open(Path fileOrName, String option, BackboneZoo backbones) {
        PretrainedWeights weights = PretrainedWeights.open(find(fileOrName, option), backbones);
        known(fileOrName).ifPresent(known -> {
            if (!known.matches(weights.sha256())) {
                throw new UnusableInputException(weights.file() + " has been changed: its SHA-256 is "
                        + weights.sha256() + ", expected " + known.sha256() + "; run: lesionforge weights fetch "
                        + known.name());
            }
        });
        return weights;
    }

    /**
     * As {@link #open(Path, String, BackboneZoo)}.
     *
     * @param fileOrName a name or a checksum comes before a file that is called so
     * @param option what takes it, for messages: {@code --weights}
     * @param backbones that it may be of
     * @param progress receives a message about what was chosen in reading the file, where that was not plain
     * @return what the file holds
     */
    public PretrainedWeights open(Path fileOrName, String option, BackboneZoo backbones, Progress progress) {
        PretrainedWeights weights = open(fileOrName, option, backbones);
        weights.notes().forEach(note -> progress.message(weights.file() + ": " + note));
        return weights;
    }

    /**
     * Copies a file into the cache under the name that its checksum gives it.
     *
     * @param file of any name; stays where it is
     * @return which known weights it holds
     * @throws UnusableInputException when it is none of the known files; nothing is kept then
     * @throws IOException when it cannot be read, or the cache cannot be written
     */
    public KnownWeights add(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UnusableInputException("there is no file " + file + " to import"
                    + KnownWeights.named(file.toString())
                            .map(known -> "; where there is a network, get it with: lesionforge weights fetch "
                                    + known.name())
                            .orElse("; name one of the files that 'weights list' has"));
        }
        String sha256 = Sha256.of(file);
        KnownWeights known = KnownWeights.withChecksum(sha256)
                .orElseThrow(() -> new UnusableInputException(file + " (SHA-256 " + sha256
                        + ") is none of the known files: "
                        + String.join(
                                ", ",
                                KnownWeights.ALL.stream()
                                        .map(KnownWeights::description)
                                        .toList())
                        + "; any other network is named by its path, it needs no import"));
        AtomicFile.writePath(path(known), temporary -> {
            Files.copy(file, temporary, StandardCopyOption.REPLACE_EXISTING);
            requireChecksum(known, temporary);
        });
        return known;
    }

    /**
     * Downloads {@code known} unless it is here already, whole and right. Safe when several processes do it at once: one downloads, the
     * others wait for it.
     *
     * @param known to download
     * @param progress receives how much has come, in MB; its cancellation ends the download, which can be resumed
     * @return whether anything was downloaded
     * @throws MissingRequirementException when it cannot be had, naming file, address and what to do
     * @throws IOException when the cache cannot be written
     */
    public boolean fetch(KnownWeights known, Progress progress) throws IOException {
        Files.createDirectories(folder);
        Path lockFile = folder.resolve(known.file() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel, known, progress)) {
            if (has(known) && known.matches(Sha256.of(path(known)))) {
                return false;
            }
            progress.message("downloading " + known.description() + " from " + known.address() + " to " + folder);
            download(known, progress);
            return true;
        }
    }

    private void download(KnownWeights known, Progress progress) throws IOException {
        Path part = folder.resolve(known.file() + ".part");
        boolean resumed = Files.exists(part);
        try {
            // Of unknown size: nothing else tells that it is whole already.
            if (!resumed || known.bytes() > 0 || !known.matches(Sha256.of(part))) {
                new RetryingClient(client.get(), patience, progress)
                        .download(
                                known.address(),
                                known.mostBytes(),
                                part,
                                done -> progress.advance(
                                        "downloading " + known.file() + " (MB)",
                                        done / MEGABYTE,
                                        Math.max(1, known.mostBytes() / MEGABYTE),
                                        ""));
            }
            requireChecksum(known, part);
        } catch (UnavailableException e) {
            throw unavailable(known, part, e);
        } catch (MismatchException e) {
            Files.deleteIfExists(part);
            if (!resumed) {
                throw new MissingRequirementException(
                        "what " + known.address() + " sent is not " + known.description() + ": " + e.getMessage()
                                + ". Nothing of it was kept. " + known.byHand(),
                        e);
            }
            progress.message("the beginning that was kept does not belong to the rest; starting anew");
            download(known, progress);
            return;
        }
        Files.move(part, path(known), StandardCopyOption.ATOMIC_MOVE);
    }

    private static MissingRequirementException unavailable(KnownWeights known, Path part, UnavailableException e)
            throws IOException {
        String kept = Files.exists(part)
                ? " " + Files.size(part) + " bytes are kept, and fetching again resumes from there."
                : "";
        return new MissingRequirementException(
                "cannot download " + known.file() + " from " + known.address() + ": " + e.getMessage() + "." + kept
                        + " " + known.byHand(),
                e);
    }

    private static void requireChecksum(KnownWeights known, Path file) throws IOException {
        String sha256 = Sha256.of(file);
        if (!known.matches(sha256)) {
            throw new MismatchException(
                    "it has " + Files.size(file) + " bytes and SHA-256 " + sha256 + ", expected " + known.sha256());
        }
    }

    private static FileLock lock(FileChannel channel, KnownWeights known, Progress progress) throws IOException {
        FileLock lock = tryLock(channel);
        if (lock == null) {
            progress.message("another process is downloading " + known.file() + "; waiting for it");
        }
        while (lock == null) {
            RetryPolicy.pause(LOCK_POLL);
            lock = tryLock(channel);
        }
        return lock;
    }

    /** Null while another has it, in another process or in this one. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
