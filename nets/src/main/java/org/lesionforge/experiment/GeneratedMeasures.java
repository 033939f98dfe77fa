package org.lesionforge.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.quality.Comparison;
import org.lesionforge.quality.FeatureReader;
import org.lesionforge.quality.Measurement;
import org.lesionforge.run.GeneratedImages;
import org.lesionforge.run.MeasuredSnapshot;
import org.lesionforge.run.Results;
import org.lesionforge.run.arm.DrawnSet;

/**
 * What tells the images of an experiment's generators from real ones: of the first split and seed, since others would say
 * the same at the same cost. What an earlier start of the run has measured is taken over.
 *
 * @param inputs of the first split
 * @param seed first of the experiment
 * @param results where an earlier start may have left its results
 */
record GeneratedMeasures(
        SplitInputs inputs, long seed, Optional<FeatureReader> reader, Path results, Progress progress) {
    /** Of each side: as many again go through the network twice more, and an interval of 0.04 to each side is enough. */
    private static final int MOST_IMAGES = 500;

    private static final String NO_NETWORK =
            "no network was named to measure images with, and the experiment's own classifier has seen them; name one with"
                    + " --metric-weights";

    /** {@return how many images of each side are compared} */
    static int compared(int real, int drawn) {
        return Math.min(MOST_IMAGES, Math.min(real, drawn));
    }

    /** Whether an earlier start has left those of a set, by its name. */
    static boolean areIn(Path results, String set, long seed) {
        return earlier(results).stream().anyMatch(each -> each.family().equals(set) && each.seed() == seed);
    }

    /** One for each set that was drawn, by its name. */
    List<GeneratedImages> of(List<DrawnSet> sets) {
        List<GeneratedImages> earlier = earlier(results);
        List<GeneratedImages> all = new ArrayList<>();
        for (DrawnSet set : sets) {
            Optional<GeneratedImages> known = earlier.stream()
                    .filter(each -> each.family().equals(set.name()) && each.seed() == seed)
                    .findFirst();
            Path images = inputs.files().synthetic(set, seed);
            if (known.isPresent()) {
                all.add(known.get());
            } else if (Files.isDirectory(images)) {
                all.add(reader.map(network -> measured(set, images, network)).orElseGet(() -> unmeasured(set)));
            }
        }
        return all;
    }

    /** Those of a file that cannot be read are measured anew: the file is about to be replaced. */
    private static List<GeneratedImages> earlier(Path results) {
        try {
            return Files.exists(results) ? Results.read(results).generated() : List.of();
        } catch (UnusableInputException e) {
            return List.of();
        }
    }

    private GeneratedImages measured(DrawnSet set, Path images, FeatureReader network) {
        progress.message("comparing images of " + set.name() + " with the real ones that it learned from");
        Measurement found =
                Comparison.ofGenerated(network, inputs.learned(set.generator()), images, MOST_IMAGES, seed, progress);
        List<MeasuredSnapshot.Measurement> metrics = new ArrayList<>();
        found.metrics().forEach((key, metric) -> metrics.add(MeasuredSnapshot.Measurement.of(key, metric)));
        List<MeasuredSnapshot.Missing> missing = new ArrayList<>();
        found.missing().forEach((key, reason) -> missing.add(new MeasuredSnapshot.Missing(key, reason)));
        return new GeneratedImages(set.name(), seed, metrics, missing, found.findings(), found.spectrum());
    }

    private GeneratedImages unmeasured(DrawnSet set) {
        return new GeneratedImages(
                set.name(),
                seed,
                List.of(),
                Comparison.keysOfGenerated().stream()
                        .map(key -> new MeasuredSnapshot.Missing(key, NO_NETWORK))
                        .toList(),
                List.of(),
                Optional.empty());
    }
}
