package org.lesionforge.data;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Some rows of a data set: what the parts share. */
record Rows(Dataset dataset, List<DatasetImage> images) {
    Rows where(Predicate<DatasetImage> wanted) {
        return new Rows(dataset, images.stream().filter(wanted).toList());
    }

    int size() {
        return images.size();
    }

    DatasetImage image(int i) {
        return images.get(i);
    }

    /** As {@link Dataset#sha256}. */
    Optional<String> sha256(int i, int side) {
        return dataset.sha256(images.get(i).row(), side);
    }

    void read(int i, int side, byte[] target, int offset) {
        dataset.read(images.get(i).row(), side, target, offset);
    }
}
