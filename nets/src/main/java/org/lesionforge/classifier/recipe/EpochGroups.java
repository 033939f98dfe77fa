package org.lesionforge.classifier.recipe;

import java.util.ArrayList;
import java.util.List;
import org.lesionforge.io.Seed;
import org.lesionforge.training.Batches;
import org.lesionforge.training.Position;

/**
 * Which images of an epoch a net's input is made of at once. Images are mixed with others of the whole batch, not of their micro-batch, so that the size of
 * micro-batches changes nothing: a batch that is mixed is one group, and takes its memory; any other is a group for each micro-batch.
 *
 * @param softLabels that say how a batch is mixed
 * @param size side of the images in pixels
 * @param mixing from which each step's draw follows
 */
public record EpochGroups(SoftLabels softLabels, int size, Seed mixing) {
    /**
     * {@return how the batch of a step is mixed}
     *
     * @param step counted from 0 over all epochs
     */
    public Mix mix(long step) {
        return softLabels.draw(mixing.at(step), size);
    }

    /**
     * {@return the groups that are left, in their order}
     *
     * @param batches of the whole epoch
     * @param from what is done
     * @param microBatch images that the net takes at once, at least 1
     */
    public List<int[]> left(List<int[]> batches, Position from, int microBatch) {
        List<int[]> groups = new ArrayList<>();
        for (Position at = from; at.batch() < batches.size(); at = at.afterBatch()) {
            int[] batch = batches.get(at.batch());
            if (mix(at.step(batches.size())).equals(Mix.NONE)) {
                List<int[]> pieces = Batches.micro(batch, microBatch);
                groups.addAll(pieces.subList(at.microBatch(), pieces.size()));
            } else {
                groups.add(batch);
            }
        }
        return groups;
    }
}
