package org.lesionforge.data;

import java.util.List;

/** A training part with synthetic images after the real ones. A GAN does not take one: it learns from real images only. */
public final class AugmentedTrainingPart implements TrainingImages {
    private final TrainingPart real;
    private final SyntheticSet synthetic;

    AugmentedTrainingPart(TrainingPart real, SyntheticSet synthetic) {
        if (!real.classes().contains(synthetic.className())) {
            throw new IllegalArgumentException("the synthetic images are of class '" + synthetic.className()
                    + "', the data set has " + real.classes());
        }
        this.real = real;
        this.synthetic = synthetic;
    }

    /** How many of the images are synthetic. */
    public int syntheticCount() {
        return synthetic.size();
    }

    @Override
    public Dataset dataset() {
        return real.dataset();
    }

    @Override
    public int[] counts() {
        int[] counts = real.counts();
        counts[classes().indexOf(synthetic.className())] += synthetic.size();
        return counts;
    }

    @Override
    public int size() {
        return real.size() + synthetic.size();
    }

    @Override
    public List<String> classes() {
        return real.classes();
    }

    @Override
    public int label(int i) {
        return i < real.size() ? real.label(i) : classes().indexOf(synthetic.className());
    }

    @Override
    public String id(int i) {
        return i < real.size() ? real.id(i) : synthetic.id(i - real.size());
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
            synthetic.read(i - real.size(), side, target, offset);
        }
    }
}
