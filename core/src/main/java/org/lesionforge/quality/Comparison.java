package org.lesionforge.quality;

import java.util.Optional;
import java.util.Set;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.FeatureExtractor.Activations;
import org.lesionforge.metric.Features;
import org.lesionforge.metric.Memorisation;

/** Brings the sides of a comparison to features and measures them. Owns its reader. */
public final class Comparison implements AutoCloseable {
    private final Optional<FeatureReader> reader;
    private final Optional<Integer> matchSize;
    private final long seed;

    /**
     * @param measurement the numbers
     * @param fakeFeatures n × d
     * @param pairs where memorisation was asked for and both sides are images
     */
    public record Outcome(Measurement measurement, Features fakeFeatures, Optional<NearestPairs> pairs) {}

    /**
     * @param reader not needed when every side is features already
     * @param matchSize side through which real images are brought first
     */
    public Comparison(Optional<FeatureReader> reader, Optional<Integer> matchSize, long seed) {
        this.reader = reader;
        this.matchSize = matchSize;
        this.seed = seed;
    }

    /**
     * @param training what the generator learned from; looked at for memorisation only, as is {@code heldOut}
     * @throws MissingRequirementException when there are images and no reader
     * @throws UnusableInputException when features are not of one length
     */
    public Outcome compare(
            Source real, Source fake, Set<MetricGroup> wanted, Source training, Optional<Source> heldOut) {
        Activations reals = activations(matched(real));
        Activations fakes = activations(fake);
        requireSameLength(real, reals.features(), fake, fakes.features());
        Measurement measurement = new Measurement(distanceName(real, fake, fakes.features()), reference(real));
        measurement.compare(reals.features(), fakes, wanted, seed);
        Optional<NearestPairs> pairs = Optional.empty();
        if (wanted.contains(MetricGroup.MEMORISATION)) {
            Source learned = matched(training);
            Features known = training.equals(real)
                    ? reals.features()
                    : activations(learned).features();
            requireSameLength(training, known, fake, fakes.features());
            Optional<Features> unknown =
                    heldOut.map(each -> activations(matched(each)).features());
            unknown.ifPresent(features -> requireSameLength(heldOut.get(), features, fake, fakes.features()));
            Memorisation found = measurement.addMemorisation(fakes.features(), known, unknown);
            pairs = fake.images().flatMap(images -> learned.images().map(of -> new NearestPairs(images, of, found)));
        }
        return new Outcome(measurement, fakes.features(), pairs);
    }

    private Source matched(Source source) {
        return matchSize.isEmpty() || source.images().isEmpty()
                ? source
                : new Source(
                        source.name(),
                        source.images().map(images -> new MatchedImages(images, matchSize.get())),
                        Optional.empty());
    }

    private Activations activations(Source source) {
        if (source.features().isPresent()) {
            return new Activations(source.features().get(), Optional.empty());
        }
        return reader.orElseThrow(() -> new MissingRequirementException(source.name()
                        + " holds images, and no network was named to look at them with;"
                        + " name a weights file with --metric-weights FILE (docs/guide/weights.md)"))
                .read(source.images().orElseThrow());
    }

    /** Nobody knows which network made features that were brought along, so their distance is not called FID. */
    private String distanceName(Source real, Source fake, Features features) {
        if (real.features().isEmpty() && fake.features().isEmpty()) {
            return reader.orElseThrow().distanceName();
        }
        boolean both = real.features().isPresent() && fake.features().isPresent();
        return "fd-" + features.dimensions() + "[given features"
                + (both ? "" : " against " + reader.orElseThrow().distanceName()) + "]";
    }

    private String reference(Source real) {
        return matchSize
                .filter(side -> real.images().isPresent())
                .map(side -> ", reals through " + side + "×" + side)
                .orElse("");
    }

    private static void requireSameLength(Source a, Features ofA, Source b, Features ofB) {
        if (ofA.dimensions() != ofB.dimensions()) {
            throw new UnusableInputException(a.name() + " has features of " + ofA.dimensions() + " dimensions, "
                    + b.name() + " of " + ofB.dimensions() + "; choose with --features 64|192|768|2048");
        }
    }

    @Override
    public void close() {
        reader.ifPresent(FeatureReader::close);
    }
}
