package org.lesionforge.experiment;

import org.lesionforge.backbone.Architecture;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.generator.GeneratorSpec;

/**
 * A machine on which a network takes so many seconds for an image, telling sets apart so many for an image of each side, and a generator's training so
 * many for an image; all else takes no time.
 */
record PlantedSpeeds(double network, double tellingApart, double learning) implements Speeds {
    @Override
    public double forward(Architecture architecture, int side) {
        return network;
    }

    @Override
    public double trained(Architecture architecture, ClassifierOptions options, int together, int shares) {
        return 0;
    }

    @Override
    public double metrics(int images, int dimensions) {
        return 0;
    }

    @Override
    public double told(int images, int dimensions) {
        return tellingApart * images;
    }

    @Override
    public double trained(GeneratorSpec<?> options) {
        return learning;
    }

    @Override
    public double drawn(GeneratorSpec<?> options) {
        return 0;
    }

    @Override
    public double drawnToMeasure(GeneratorSpec<?> options) {
        return 0;
    }

    @Override
    public double compared(int side, int training, int threads) {
        return 0;
    }
}
