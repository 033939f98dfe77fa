package org.lesionforge.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The real images of a data set's training part. Only {@link Dataset} makes one, so a net that takes a {@code TrainingPart} cannot have
 * seen validation or test images.
 */
public final class TrainingPart implements TrainingImages {
    private final Rows rows;

    TrainingPart(Rows rows) {
        this.rows = rows;
    }

    /** The images of one class alone, classes unchanged. */
    public TrainingPart ofClass(String name) {
        int label = rows.dataset().labelOf(name);
        return new TrainingPart(rows.where(image -> image.label() == label));
    }

    /** The images of all classes but one, classes unchanged. */
    public TrainingPart withoutClass(String name) {
        int label = rows.dataset().labelOf(name);
        return new TrainingPart(rows.where(image -> image.label() != label));
    }

    /** With {@code added} images after the real ones. */
    public AugmentedTrainingPart plus(AddedImages added) {
        return new AugmentedTrainingPart(this, added);
    }

    @Override
    public int[] counts() {
        int[] counts = new int[classes().size()];
        IntStream.range(0, size()).forEach(i -> counts[label(i)]++);
        return counts;
    }

    @Override
    public Dataset dataset() {
        return rows.dataset();
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public List<String> classes() {
        return rows.dataset().classes();
    }

    @Override
    public int label(int i) {
        return rows.image(i).label();
    }

    @Override
    public String id(int i) {
        return rows.image(i).id();
    }

    @Override
    public List<Integer> sides() {
        return rows.dataset().sides();
    }

    @Override
    public void read(int i, int side, byte[] target, int offset) {
        rows.read(i, side, target, offset);
    }

    @Override
    public String sha256(int i, int side) {
        return rows.sha256(i, side).orElseGet(() -> TrainingImages.super.sha256(i, side));
    }
}
