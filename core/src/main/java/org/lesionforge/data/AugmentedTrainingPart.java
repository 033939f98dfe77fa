package org.lesionforge.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A training part with images added after the real ones. It cannot be given to a GAN, which learns from real images
 * only.
 */
public final class AugmentedTrainingPart implements TrainingImages {
    private final TrainingPart real;
    private final AddedImages added;
    private final int[] labels;

    AugmentedTrainingPart(TrainingPart real, AddedImages added) {
        this.real = real;
        this.added = added;
        labels = new int[added.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = real.classes().indexOf(added.className(i));
            if (labels[i] < 0) {
                throw new IllegalArgumentException(
                        "an added image is of class '" + added.className(i) + "', the data set has " + real.classes());
            }
        }
    }

    /** {@return how many of the images are synthetic; copies of real ones are not} */
    public int syntheticCount() {
        return (int)
                IntStream.range(real.size(), size()).filter(this::isSynthetic).count();
    }

    @Override
    public Dataset dataset() {
        return real.dataset();
    }

    @Override
    public int[] counts() {
        int[] counts = real.counts();
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    @Override
    public int size() {
        return real.size() + added.size();
    }

    @Override
    public List<String> classes() {
        return real.classes();
    }

    @Override
    public int label(int i) {
        return i < real.size() ? real.label(i) : labels[i - real.size()];
    }

    @Override
    public String id(int i) {
        return i < real.size() ? real.id(i) : added.id(i - real.size());
    }

    @Override
    public String group(int i) {
        return isReal(i) ? real.group(i) : added.group(i - real.size());
    }

    @Override
    public boolean isReal(int i) {
        return i < real.size();
    }

    @Override
    public boolean isSynthetic(int i) {
        return !isReal(i) && added.isSynthetic(i - real.size());
    }

    @Override
    public List<Integer> sides() {
        return real.sides();
    }

    @Override
    public void read(int i, int side, byte[] target, int offset) {
        if (i < real.size()) {
            real.read(i, side, target, offset);
        } else {
            added.read(i - real.size(), side, target, offset);
        }
    }

    @Override
    public String sha256(int i, int side) {
        return i < real.size() ? real.sha256(i, side) : TrainingImages.super.sha256(i, side);
    }
}
