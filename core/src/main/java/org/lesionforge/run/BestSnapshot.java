package org.lesionforge.run;

import java.nio.file.Path;
import java.util.Optional;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.OptionalKey;
import org.lesionforge.metric.statistics.Interval;

/**
 * Which snapshot {@code best} means, and why: the content of {@code best.json}, which also says that training has ended.
 *
 * @param weights raw ones where the file is from before there were averages, and does not say it
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
    public BestSnapshot {
        weights = weights == null ? GeneratorWeights.RAW : weights;
    }

    /** @throws UnusableInputException when the file is missing or damaged, naming the key */
    public static BestSnapshot read(Path file) {
        return Json.read(file, BestSnapshot.class);
    }

    /** What to draw from. */
    public Snapshot snapshot() {
        return new Snapshot(epoch, weights);
    }
}
