package org.lesionforge.data;

import java.util.List;

/**
 * A training part with images added after the real ones. It cannot be given to a GAN, which learns from real images
 * only.
 */
public final class AugmentedTrainingPart implements TrainingImages {
    private final TrainingPart real;
    private final AddedImages added;

    AugmentedTrainingPart(TrainingPart real, AddedImages added) {
        if (!real.classes().contains(added.className())) {
            throw new IllegalArgumentException(
                    "the added images are of class '" + added.className() + "', the data set has " + real.classes());
        }
        this.real = real;
        this.added = added;
    }

    /** {@return how many of the images are synthetic; copies of real ones are not} */
    public int syntheticCount() {
        return added instanceof SyntheticSet ? added.size() : 0;
    }

    @Override
    public Dataset dataset() {
        return real.dataset();
    }

    @Override
    public int[] counts() {
        int[] counts = real.counts();
        counts[classes().indexOf(added.className())] += added.size();
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
        return i < real.size() ? real.label(i) : classes().indexOf(added.className());
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
        return !isReal(i) && added instanceof SyntheticSet;
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
