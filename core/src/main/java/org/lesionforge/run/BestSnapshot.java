package org.lesionforge.run;

import java.nio.file.Path;
import java.util.Optional;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.metric.statistics.Interval;

/**
 * Which snapshot {@code best} means, and why: the content of {@code best.json}, which also says that training has
 * ended.
 *
 * @param epoch of the snapshot, from 1
 * @param weights raw ones where the file is from before there were averages, and does not say it
 * @param reason why this one, for people
 * @param sha256 of the snapshot's file; empty in runs of version 0.1
 * @param distance to the validation images; empty where none chose, and in runs of version 0.1, as are the others
 * @param ci95 of the distance, by bootstrap over the validation images
 * @param validationImages how many there are
 */
public record BestSnapshot(
        int epoch,
        @OptionalKey GeneratorWeights weights,
        String reason,
        @OptionalKey Optional<String> sha256,
        @OptionalKey Optional<Double> distance,
        @OptionalKey Optional<Interval> ci95,
        @OptionalKey Optional<Integer> validationImages) {
    /**
     * Takes raw weights where the file says nothing of them.
     *
     * @param epoch of the snapshot
     * @param weights null means {@link GeneratorWeights#RAW}
     * @param reason for people
     * @param sha256 in hexadecimal digits
     * @param distance smaller is nearer
     * @param ci95 empty where the distance is
     * @param validationImages empty where the distance is
     */
    public BestSnapshot {
        weights = weights == null ? GeneratorWeights.RAW : weights;
    }

    /**
     * {@return what a file holds}
     *
     * @param file a {@code best.json}
     * @throws UnusableInputException when the file is missing or damaged, naming the key
     */
    public static BestSnapshot read(Path file) {
        return Json.read(file, BestSnapshot.class);
    }

    /** {@return what to draw from} */
    public Snapshot snapshot() {
        return new Snapshot(epoch, weights);
    }
}
