package org.lesionforge.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.ImagesAtSide;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.quality.FeatureReader;

/**
 * The number of real images whose features an experiment has still to compute. Must be called in the order of the
 * steps, since features of one step are reused by the next.
 */
final class FeaturesAhead {
    private final Dataset dataset;
    private final ExperimentOptions options;
    private final PretrainedNetworks networks;
    /** Passes that all real images will have gone through. */
    private final Set<String> read = new HashSet<>();
    /** Sizes of generators at which the real ones will have been measured. */
    private final Set<Integer> matchedSides = new HashSet<>();

    FeaturesAhead(Dataset dataset, ExperimentOptions options, PretrainedNetworks networks) {
        this.dataset = dataset;
        this.options = options;
        this.networks = networks;
    }

    private TrainingPart training() {
        return options.training(dataset);
    }

    private int all() {
        return dataset.images().size();
    }

    /** For the audit: all images at their largest size. */
    double audited() {
        return networks.auditing().map(network -> audited(network.reader())).orElse(0.0);
    }

    private double audited(FeatureReader reader) {
        ImagesAtSide largest = training().atLargest();
        return all() * fresh(reader, reader.pass(largest.side(), largest.side()), largest);
    }

    /** For the first arm of a network on frozen features that sees the images so: all of them, in all views. */
    double classified(TrainedNetwork network, boolean degraded) {
        FeatureReader reader = networks.frozen(network, options.classifier()).reader();
        int size = options.classifier().size();
        int otherViews = all() * (options.classifier().views() - 1);
        String pass = reader.pass(size, size);
        if (degraded) {
            return all() + otherViews;
        }
        ImagesAtSide images = training().at(size);
        // Known from another run, where the audit to come makes the upright ones known.
        double unknown = 1 - reader.knownShare(images);
        return all() * fresh(reader, pass, images) + otherViews * unknown;
    }

    /**
     * For measuring a generator on every split: the classes that it learns of the training and validation part at its size, and of the training
     * part at its largest.
     *
     * @param learned classes
     * @param side of the images that they draw
     * @param gans trainings that are left, in parts of one
     */
    double measured(List<String> learned, int side, double gans) {
        TrainingPart part = training().ofClasses(learned);
        int real = Math.min(SnapshotJudge.MOST_IMAGES, part.size());
        int validation = Math.min(
                SnapshotJudge.MOST_IMAGES,
                options.protocol()
                        .validation(dataset)
                        .map(held -> held.ofClasses(learned).size())
                        .orElse(0));
        ImagesAtSide largest = part.atLargest();
        boolean twice = largest.side() != side;
        Optional<FeatureReader> reader = networks.measuringReader(options.classifier());
        if (reader.isEmpty()) {
            return Math.max(1, gans) * (real + validation + (twice ? real : 0));
        }
        // Each split's are others of the same images.
        double most = (double) dataset.images().stream()
                .filter(row -> learned.contains(dataset.classes().get(row.label())))
                .count();
        double matched = matchedSides.add(side) ? Math.min(most, Math.max(1, gans) * (real + validation)) : 0;
        double whole = Math.min(most, Math.max(1, gans) * real);
        // A classifier sees images of its own size.
        int seen = networks.measureWithOwnClassifier() ? options.classifier().size() : largest.side();
        return matched + (twice ? whole * fresh(reader.get(), reader.get().pass(seen, seen), largest) : 0);
    }

    /** The share of images that this pass is new to, and is new to no more. */
    private double fresh(FeatureReader reader, String pass, ImagesAtSide images) {
        return read.add(pass + " of " + images.side()) ? 1 - reader.knownShare(images) : 0;
    }
}
