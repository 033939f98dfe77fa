package org.lesionforge.quality;

import java.util.List;
import java.util.Optional;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.image.Images;

/** Images of any sizes that are read when they are needed, each with a name. Safe to read from several threads. */
public interface ImageSet extends Images {
    /** What people know image {@code i} by: its path in the folder, its id in the data set, its index in the array. */
    String id(int i);

    /** Files that are not readable images; they are not counted in {@link #size()}. */
    default List<SkippedFile> skipped() {
        return List.of();
    }

    /** How many files there are that are not images and do not claim to be. */
    default int otherFiles() {
        return 0;
    }

    /** What tells that images of the set were made by a generator, as far as anything does. Reads all files. */
    default Optional<String> generated() {
        return Optional.empty();
    }
}
