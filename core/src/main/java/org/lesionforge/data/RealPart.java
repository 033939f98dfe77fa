package org.lesionforge.data;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * The real images of one part of a data set, or some of them; common to all parts. {@link TrainingPart} and
 * {@link HeldOutPart} are unrelated types, so that one cannot be used in place of the other.
 */
abstract sealed class RealPart implements LabelledImages permits TrainingPart, HeldOutPart {
    final Dataset dataset;
    private final List<DatasetImage> images;

    RealPart(Dataset dataset, List<DatasetImage> images) {
        this.dataset = dataset;
        this.images = images;
    }

    final DatasetImage image(int i) {
        return images.get(i);
    }

    /** The images with one of the wanted labels, in their order. */
    final List<DatasetImage> labelled(IntPredicate wanted) {
        return images.stream().filter(image -> wanted.test(image.label())).toList();
    }

    @Override
    public final int size() {
        return images.size();
    }

    @Override
    public final List<String> classes() {
        return dataset.classes();
    }

    @Override
    public final int label(int i) {
        return image(i).label();
    }

    @Override
    public final String id(int i) {
        return image(i).id();
    }

    @Override
    public final List<Integer> sides() {
        return dataset.sides();
    }

    @Override
    public final void read(int i, int side, byte[] target, int offset) {
        dataset.read(image(i).row(), side, target, offset);
    }

    @Override
    public final String sha256(int i, int side) {
        return dataset.sha256(image(i).row(), side).orElseGet(() -> LabelledImages.super.sha256(i, side));
    }
}
