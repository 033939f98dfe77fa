package org.lesionforge.quality;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.CacheFolder;
import org.lesionforge.io.Progress;

/**
 * Feature vectors by network and image: what has been computed once is read from here, whoever asks for it. Images are known by a hash of
 * their pixels, so one that is in several sets, or in a set that has grown, is computed once.
 *
 * <p>In a folder, vectors outlive the cache; there is one folder for each network in it, with files of up to {@value
 * FeatureReader#BLOCK} vectors that end in a checksum: a damaged one is reported and made again. They are written as they are made and read
 * when they are looked at, so that memory does not depend on how many there are, but for a few hundred bytes each. What cannot be written is
 * held in memory. Safe to use from several threads; processes may share a folder.
 */
public final class FeatureCache implements Closeable {
    private final Optional<Path> folder;
    private final Progress progress;
    private final Map<String, KeptVectors> networks = new HashMap<>();

    private FeatureCache(Optional<Path> folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** {@return a cache that holds vectors in memory, and forgets them when it is closed} */
    public static FeatureCache inMemory() {
        return new FeatureCache(Optional.empty(), Progress.SILENT);
    }

    /**
     * A cache whose vectors outlive it.
     *
     * @param folder made when there is something to keep
     * @param progress receives a message about files that are damaged or cannot be written
     * @return the cache, to be closed
     */
    public static FeatureCache in(Path folder, Progress progress) {
        return new FeatureCache(Optional.of(folder), progress);
    }

    /** {@return where the commands keep vectors for this user: {@code features} in the {@link CacheFolder}} */
    public static Path folderOfUser() {
        return CacheFolder.path().resolve("features");
    }

    /**
     * @param network tells networks apart, with all else that decides a vector but the image; the name of a folder
     * @param length of each vector
     */
    synchronized KeptVectors of(String network, int length) {
        return networks.computeIfAbsent(
                network, name -> new KeptVectors(folder.map(all -> all.resolve(name)), length, progress));
    }

    /** Features that were read from here are not to be looked at any more. */
    @Override
    public synchronized void close() {
        networks.values().forEach(KeptVectors::close);
        networks.clear();
    }
}
