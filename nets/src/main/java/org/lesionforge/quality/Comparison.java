package org.lesionforge.quality;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.lesionforge.data.ImageSet;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.image.Images;
import org.lesionforge.io.HomePath;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.fidelity.FeatureExtractor.Activations;
import org.lesionforge.metric.fidelity.FeatureMoments;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.metric.fidelity.FrechetDistance;
import org.lesionforge.metric.fidelity.Memorisation;
import org.lesionforge.quality.source.FolderImages;
import org.lesionforge.quality.source.Source;
import org.lesionforge.quality.source.StatisticsFile;

/** Brings the sides of a comparison to features and measures them. Owns its reader. */
public final class Comparison implements AutoCloseable {
    private static final String UNKNOWN_NETWORK =
            " is statistics (mu and sigma): the file does not say which network and resizing made them, nor from how many"
                    + " images; the distance means something only if both sides were made the same way";

    private final Optional<FeatureReader> reader;
    private final Optional<Integer> matchSize;
    private final long seed;

    /**
     * What a comparison came to.
     *
     * @param measurement the numbers
     * @param realFeatures n × d; empty where only their statistics are known
     * @param fakeFeatures n × d; likewise
     * @param pairs where memorisation was asked for and both sides are images
     */
    public record Outcome(
            Measurement measurement,
            Optional<Features> realFeatures,
            Optional<Features> fakeFeatures,
            Optional<NearestPairs> pairs) {}

    /** Features and what the network makes of them, or their moments alone. */
    private record Side(Source source, Optional<Activations> activations, Optional<FeatureMoments> moments) {
        Optional<Features> features() {
            return activations.map(Activations::features);
        }

        int dimensions() {
            return features().map(Features::dimensions).orElseGet(() -> moments.orElseThrow()
                    .dimensions());
        }

        /** As in a recipe. */
        String count() {
            OptionalInt size = source.size();
            return size.isPresent() ? Integer.toString(size.getAsInt()) : "unknown";
        }
    }

    /**
     * Prepares to compare; reads nothing yet.
     *
     * @param reader not needed when no side is images
     * @param matchSize side through which real images are brought first
     * @param seed of the random halves and subsets
     */
    public Comparison(Optional<FeatureReader> reader, Optional<Integer> matchSize, long seed) {
        this.reader = reader;
        this.matchSize = matchSize;
        this.seed = seed;
    }

    /**
     * Measures how alike two sides are.
     *
     * @param real the reference
     * @param fake what is measured against it
     * @param wanted which groups; what cannot be measured is given a reason
     * @param training what the generator learned from; read for memorisation only, as is {@code heldOut}
     * @param heldOut reals that the generator did not learn from; empty leaves the rank test out
     * @return the numbers, and the features they are of
     * @throws MissingRequirementException when there are images and no reader
     * @throws UnusableInputException when features are not of one length
     */
    public Outcome compare(
            Source real, Source fake, Set<MetricGroup> wanted, Source training, Optional<Source> heldOut) {
        requireDimensions(real);
        requireDimensions(fake);
        Side reals = side(matched(real));
        Side fakes = side(fake);
        requireSameLength(reals, fakes);
        Measurement measurement = new Measurement(distanceName(real, fake, fakes.dimensions()), reference(real));
        if (reals.moments().isEmpty() && fakes.moments().isEmpty()) {
            measurement.compare(
                    reals.features().orElseThrow(), fakes.activations().orElseThrow(), wanted, seed);
            addTwoSamples(measurement, reals, fakes, wanted);
        } else {
            compareMoments(measurement, reals, fakes, wanted);
        }
        addGenerated(measurement, real);
        Optional<NearestPairs> pairs = wanted.contains(MetricGroup.MEMORISATION)
                ? memorisation(measurement, reals, fakes, training, heldOut)
                : Optional.empty();
        return new Outcome(measurement, reals.features(), fakes.features(), pairs);
    }

    /**
     * What tells a generator's images from those it learned from: everything but the Fréchet distance and memorisation,
     * which its snapshots are measured by.
     *
     * @param reader of the network
     * @param real what it learned from, read at the largest size
     * @param fakes folder of its images
     * @param most images of each side that are sent through the network, drawn at random
     * @param seed of all draws
     * @param progress receives how far the folder is looked through
     * @return numbers, with the reasons why others are missing
     * @throws UnusableInputException when the folder is not whole
     */
    public static Measurement ofGenerated(
            FeatureReader reader, LabelledImages real, Path fakes, int most, long seed, Progress progress) {
        Measurement measurement = new Measurement(reader.distanceName(), "");
        Function<Images, Features> network = images -> reader.extract(images).features();
        TwoSampleMeasures measures = TwoSampleMeasures.read(
                measurement, real.atLargest(), FolderImages.open(fakes, progress), most, network, seed);
        measures.addDistances();
        measures.add(TwoSampleMeasures.KEYS.keySet(), network);
        return measurement;
    }

    /** {@return the keys of what {@link #ofGenerated} measures, but for the distances between features} */
    public static List<String> keysOfGenerated() {
        return Stream.of(MetricGroup.DETECTABILITY, MetricGroup.SPECTRUM, MetricGroup.MIND, MetricGroup.MMD)
                .flatMap(group -> TwoSampleMeasures.KEYS.getOrDefault(group, List.of()).stream())
                .toList();
    }

    /**
     * {@return whether a side has so many groups that {@link #ofGenerated} sends both sides through the network once more, at one resolution}
     *
     * @param groups of the side with fewer
     */
    public static boolean canBeTold(int groups) {
        return groups >= Detectability.LEAST_GROUPS;
    }

    private void addTwoSamples(Measurement measurement, Side reals, Side fakes, Set<MetricGroup> wanted) {
        if (!Collections.disjoint(wanted, TwoSampleMeasures.KEYS.keySet())) {
            TwoSampleMeasures.of(
                            measurement,
                            reals.source().images(),
                            reals.features().orElseThrow(),
                            fakes.source().images(),
                            fakes.features().orElseThrow(),
                            seed)
                    .add(wanted, images -> reader.orElseThrow().extract(images).features());
        }
    }

    /** The real side of a comparison is to be real. */
    private static void addGenerated(Measurement measurement, Source real) {
        real.images()
                .flatMap(ImageSet::generated)
                .ifPresent(found -> measurement.findings().add(real.name() + " stands for real images, but " + found));
    }

    /** The Fréchet distance alone needs no more; each other measure reads single vectors. */
    private static void compareMoments(Measurement measurement, Side reals, Side fakes, Set<MetricGroup> wanted) {
        String recipe = "n=" + reals.count() + "/" + fakes.count() + checksum(reals) + checksum(fakes);
        measurement.compareMoments(frechetDistance(reals, fakes), fakes.activations(), wanted, recipe);
        for (Side side : new Side[] {reals, fakes}) {
            if (side.moments().isPresent()) {
                measurement.findings().add(side.source().name() + UNKNOWN_NETWORK);
            }
        }
    }

    private static double frechetDistance(Side a, Side b) {
        if (a.features().isPresent()) {
            return FrechetDistance.between(a.features().get(), b.moments().orElseThrow());
        }
        FeatureMoments moments = a.moments().orElseThrow();
        return b.features()
                .map(features -> FrechetDistance.between(features, moments))
                .orElseGet(() -> FrechetDistance.between(moments, b.moments().orElseThrow()));
    }

    private static String checksum(Side side) {
        return side.source()
                .statistics()
                .map(file -> ", " + HomePath.shown(file.name()) + " with SHA-256 " + file.sha256())
                .orElse("");
    }

    private Optional<NearestPairs> memorisation(
            Measurement measurement, Side reals, Side fakes, Source training, Optional<Source> heldOut) {
        Source learned = matched(training);
        Side known = training.name().equals(reals.source().name()) ? reals : side(learned);
        Optional<Side> unknown = heldOut.map(each -> side(matched(each)));
        if (fakes.moments().isPresent()
                || known.moments().isPresent()
                || unknown.flatMap(Side::moments).isPresent()) {
            measurement
                    .missing()
                    .put("authenticity", "memorisation reads single images, and statistics (mu, sigma) hold none");
            return Optional.empty();
        }
        for (Source source : heldOut.map(each -> new Source[] {training, each}).orElse(new Source[] {training})) {
            if (!source.name().equals(reals.source().name())) {
                addGenerated(measurement, source);
            }
        }
        requireSameLength(known, fakes);
        unknown.ifPresent(each -> requireSameLength(each, fakes));
        Memorisation found = measurement.addMemorisation(
                fakes.features().orElseThrow(), known.features().orElseThrow(), unknown.flatMap(Side::features));
        return fakes.source().images().flatMap(images -> learned.images()
                .map(of -> new NearestPairs(images, of, found)));
    }

    private Source matched(Source source) {
        return matchSize.isEmpty() || source.images().isEmpty()
                ? source
                : new Source(
                        source.name(),
                        source.images().map(images -> new MatchedImages(images, matchSize.get())),
                        Optional.empty(),
                        Optional.empty());
    }

    private Side side(Source source) {
        if (source.statistics().isPresent()) {
            return new Side(source, Optional.empty(), source.statistics().map(StatisticsFile::moments));
        }
        return new Side(source, Optional.of(activations(source)), Optional.empty());
    }

    private Activations activations(Source source) {
        if (source.features().isPresent()) {
            return new Activations(source.features().get(), Optional.empty());
        }
        return reader.orElseThrow(() -> new MissingRequirementException(source.name()
                        + " holds images, and no network was named to read them with;"
                        + " name a weights file with --metric-weights FILE (docs/guide/weights.md)"))
                .extract(source.images().orElseThrow());
    }

    /** Nobody knows which network made features that were brought along, so their distance is not called FID. */
    private String distanceName(Source real, Source fake, int dimensions) {
        if (real.images().isPresent() && fake.images().isPresent()) {
            return reader.orElseThrow().distanceName();
        }
        String given = real.statistics().isPresent() || fake.statistics().isPresent() ? "statistics" : "features";
        boolean both = real.images().isEmpty() && fake.images().isEmpty();
        return "fd-" + dimensions + "[given " + given
                + (both ? "" : " against " + reader.orElseThrow().distanceName()) + "]";
    }

    private String reference(Source real) {
        return matchSize
                .filter(side -> real.images().isPresent())
                .map(side -> ", reals through " + side + "×" + side)
                .orElse("");
    }

    /** Known before the images of the other side are read, which takes long. */
    private void requireDimensions(Source source) {
        if (reader.isEmpty() || source.statistics().isEmpty()) {
            return;
        }
        int dimensions = source.statistics().get().moments().dimensions();
        if (dimensions != reader.get().dimensions()) {
            throw new UnusableInputException(source.name() + " holds statistics of " + dimensions
                    + " dimensions, the network gives features of "
                    + reader.get().dimensions()
                    + "; choose with --features");
        }
    }

    private static void requireSameLength(Side a, Side b) {
        if (a.dimensions() != b.dimensions()) {
            throw new UnusableInputException(a.source().name() + " has features of " + a.dimensions() + " dimensions, "
                    + b.source().name() + " of " + b.dimensions() + "; choose with --features");
        }
    }

    @Override
    public void close() {
        reader.ifPresent(FeatureReader::close);
    }
}
