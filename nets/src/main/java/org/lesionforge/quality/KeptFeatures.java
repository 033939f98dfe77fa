package org.lesionforge.quality;

import java.util.List;
import org.lesionforge.metric.fidelity.Features;

/**
 * A stretch of the kept vectors of some images.
 *
 * @param first of the values of each
 * @param dimensions how many values of each
 */
record KeptFeatures(List<KeptVector> vectors, int first, int dimensions) implements Features {
    @Override
    public int count() {
        return vectors.size();
    }

    @Override
    public void read(int i, float[] target, int offset) {
        vectors.get(i).read(first, dimensions, target, offset);
    }
}
