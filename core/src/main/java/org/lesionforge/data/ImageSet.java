package org.lesionforge.data;

import java.util.List;
import java.util.Optional;
import org.lesionforge.image.Images;

/** Images of any sizes that are read when they are needed, each with a name. Safe to read from several threads. */
public interface ImageSet extends Images {
    /**
     * What people know an image by: its path in the folder, its id in the data set, its index in the array.
     *
     * @param i from 0 to {@link #size()} − 1
     * @return a text that no other image of the set has
     */
    String id(int i);

    /**
     * What images are drawn together by: several of one group (lesion, patient) are not independent evidence.
     *
     * @param i from 0 to {@link #size()} − 1
     * @return the group's name; the image's {@link #id} where none is known
     */
    default String group(int i) {
        return id(i);
    }

    /** {@return the files that are not readable images; they are not counted in {@link #size()}} */
    default List<SkippedFile> skipped() {
        return List.of();
    }

    /** {@return how many files there are that are not images and do not claim to be} */
    default int otherFiles() {
        return 0;
    }

    /** {@return what tells that images of the set were made by a generator, as far as anything does} Reads all files. */
    default Optional<String> generated() {
        return Optional.empty();
    }
}
