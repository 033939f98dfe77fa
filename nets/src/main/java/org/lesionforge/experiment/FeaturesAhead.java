package org.lesionforge.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.ImagesAtSide;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.quality.Comparison;
import org.lesionforge.quality.FeatureReader;

/**
 * The number of real images whose features an experiment has still to compute. Must be called in the order of the
 * steps, since features of one step are reused by the next.
 */
final class FeaturesAhead {
    private final Dataset dataset;
    private final ExperimentOptions options;
    private final PretrainedNetworks networks;
    /** Passes that all real images of a class will have gone through: each with the class. */
    private final Set<List<String>> read = new HashSet<>();

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
        return all() * unknown(reader, reader.pass(largest.side(), largest.side()), largest, dataset.classes());
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
        return all() * unknown(reader, pass, images, dataset.classes()) + otherViews * unknown;
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
        double most = learned.stream().mapToInt(this::count).sum();
        double matched = Math.min(most, Math.max(1, gans) * (real + validation)) * fresh("at " + side, learned);
        double whole = Math.min(most, Math.max(1, gans) * real);
        // A classifier sees images of its own size.
        int seen = networks.measureWithOwnClassifier() ? options.classifier().size() : largest.side();
        return matched + (twice ? whole * unknown(reader.get(), reader.get().pass(seen, seen), largest, learned) : 0);
    }

    /**
     * For telling a generator's images from real ones: both sides as they are, of which real ones may be known, and where there are enough both
     * once more at one resolution.
     *
     * @param learned classes
     * @param images of each side
     * @param side of the drawn ones, to which the real ones are then brought, too
     */
    double told(List<String> learned, int images, int side) {
        FeatureReader reader = networks.measuringReader(options.classifier()).orElseThrow();
        TrainingPart part = training().ofClasses(learned);
        ImagesAtSide largest = part.atLargest();
        double real = images * unknown(reader, reader.pass(largest.side(), largest.side()), largest, learned);
        long groups =
                IntStream.range(0, part.size()).mapToObj(part::group).distinct().count();
        boolean matched = Comparison.canBeTold((int) Math.min(images, groups));
        double again = matched ? images * (1 + fresh("matched at " + side, learned)) : 0;
        return real + images + again;
    }

    private int count(String className) {
        int label = dataset.classes().indexOf(className);
        return (int) dataset.images().stream()
                .filter(image -> image.label() == label)
                .count();
    }

    /** The share of the images of these classes that no reader has seen in this pass, neither in this experiment nor in another. */
    private double unknown(FeatureReader reader, String pass, ImagesAtSide images, List<String> classes) {
        double fresh = fresh(pass + " of " + images.side(), classes);
        return fresh > 0 ? fresh * (1 - reader.knownShare(images)) : 0;
    }

    /** The share of the images of these classes that this pass is new to, and is new to no more. */
    private double fresh(String pass, List<String> classes) {
        double all = 0;
        double fresh = 0;
        for (String name : classes) {
            int images = count(name);
            all += images;
            fresh += read.add(List.of(pass, name)) ? images : 0;
        }
        return all > 0 ? fresh / all : 0;
    }
}
