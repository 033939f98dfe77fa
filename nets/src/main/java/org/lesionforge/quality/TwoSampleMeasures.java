package org.lesionforge.quality;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lesionforge.data.ImageSet;
import org.lesionforge.image.Images;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.fidelity.FeatureExtractor.Activations;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.metric.fidelity.KernelTest;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.metric.fidelity.Mind;
import org.lesionforge.metric.fidelity.SpectrumGap;

/**
 * Whether anything tells two sets apart: by a classifier, a kernel test, sliced distances and their spectra. Equally many
 * images of both sides, drawn at random, are used for all.
 */
final class TwoSampleMeasures {
    /** More would cost minutes and narrow no interval that matters. */
    static final int MOST_IMAGES = 2000;

    /** What each group of these measures gives. */
    static final Map<MetricGroup, List<String>> KEYS = Map.of(
            MetricGroup.DETECTABILITY,
            List.of(MetricKeys.DETECTABILITY, MetricKeys.DETECTABILITY_MATCHED, MetricKeys.DETECTABILITY_CONTROL),
            MetricGroup.SPECTRUM,
            List.of(MetricKeys.SPECTRUM_GAP),
            MetricGroup.MIND,
            List.of(MetricKeys.MIND),
            MetricGroup.MMD,
            List.of(MetricKeys.MMD, MetricKeys.MMD_P));

    private static final String NO_IMAGES = "it reads pixels, and one side is features; give images on both sides";

    private final Measurement measurement;
    private final Drawn real;
    private final Drawn fake;
    private final Seed seed;

    /** Some of a side's images, in a random order. */
    private record Drawn(Optional<ImageSet> all, int[] indices, Sample sample) {
        static Drawn of(Optional<ImageSet> images, Features features, int count, Seed seed) {
            int[] indices = Arrays.copyOf(seed.permutation(features.count()), count);
            Sample every = new Sample(
                    features,
                    IntStream.range(0, features.count())
                            .mapToObj(i -> images.map(set -> set.group(i)).orElseGet(() -> Integer.toString(i)))
                            .toList());
            return new Drawn(images, indices, every.chosen(indices));
        }

        static Drawn read(ImageSet images, int count, Function<Images, Features> network, Seed seed) {
            int[] indices = Arrays.copyOf(seed.permutation(images.size()), count);
            Features features = network.apply(new ChosenImages(images, indices));
            return new Drawn(
                    Optional.of(images),
                    indices,
                    new Sample(
                            features,
                            IntStream.of(indices).mapToObj(images::group).toList()));
        }

        Images images() {
            return new ChosenImages(all.orElseThrow(), indices);
        }

        /** The median of the shorter sides. */
        int side() {
            Images images = images();
            return IntStream.range(0, indices.length)
                    .map(i -> Math.min(images.width(i), images.height(i)))
                    .sorted()
                    .skip(indices.length / 2)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private TwoSampleMeasures(Measurement measurement, Drawn real, Drawn fake, Seed seed) {
        this.measurement = measurement;
        this.real = real;
        this.fake = fake;
        this.seed = seed;
    }

    /** @param realImages empty where only features are known, as is {@code fakeImages} */
    static TwoSampleMeasures of(
            Measurement measurement,
            Optional<ImageSet> realImages,
            Features real,
            Optional<ImageSet> fakeImages,
            Features fake,
            long seed) {
        Seed own = new Seed(seed).of("two-samples");
        int count = Math.min(MOST_IMAGES, Math.min(real.count(), fake.count()));
        return new TwoSampleMeasures(
                measurement,
                Drawn.of(realImages, real, count, own.of("real")),
                Drawn.of(fakeImages, fake, count, own.of("fake")),
                own);
    }

    /** Images of which only those that are drawn, at most so many of a side, are sent through the network. */
    static TwoSampleMeasures read(
            Measurement measurement,
            ImageSet real,
            ImageSet fake,
            int most,
            Function<Images, Features> network,
            long seed) {
        Seed own = new Seed(seed).of("two-samples");
        int count = Math.min(most, Math.min(real.size(), fake.size()));
        return new TwoSampleMeasures(
                measurement,
                Drawn.read(real, count, network, own.of("real")),
                Drawn.read(fake, count, network, own.of("fake")),
                own);
    }

    /** The kernel distance, and what neighbours tell, of the images that were drawn. */
    void addDistances() {
        measurement.compare(
                real.sample().features(),
                new Activations(fake.sample().features(), Optional.empty()),
                Set.of(MetricGroup.KID, MetricGroup.PRDC),
                seed.of("distances").value());
    }

    /** @param network features of other images, through the same network */
    void add(Set<MetricGroup> wanted, Function<Images, Features> network) {
        if (wanted.contains(MetricGroup.DETECTABILITY)) {
            detectability(
                            MetricKeys.DETECTABILITY,
                            "detectability",
                            real.sample(),
                            fake.sample(),
                            measurement.reference())
                    .filter(found -> found.ci95().high() < 0.5)
                    .ifPresent(found -> measurement
                            .findings()
                            .add(
                                    "a classifier takes fakes for reals and reals for fakes (detectability below 0.5): the fakes"
                                            + " repeat single reals; see --metrics memorisation"));
            matchedDetectability(network);
            control();
        }
        if (wanted.contains(MetricGroup.SPECTRUM)) {
            spectrum();
        }
        if (wanted.contains(MetricGroup.MIND)) {
            double mind = Mind.between(
                    real.sample().features(),
                    fake.sample().features(),
                    seed.of("mind").value());
            put(MetricKeys.MIND, "mind", mind, counts() + ", " + Mind.DIRECTIONS + " random directions");
        }
        if (wanted.contains(MetricGroup.MMD)) {
            kernelTest();
        }
    }

    private void put(String key, String words, double value, String recipe) {
        measurement.put(key, new Metric(measurement.name(words), value, recipe));
    }

    private String counts() {
        return "n=" + real.indices().length + "/" + fake.indices().length + measurement.reference();
    }

    private Optional<Detectability> detectability(String key, String words, Sample a, Sample b, String matched) {
        Optional<Detectability> found = Detectability.of(a, b, seed.of(key));
        found.ifPresentOrElse(
                each -> measurement.put(
                        key,
                        new Metric(
                                measurement.name(words),
                                each.auc(),
                                null,
                                "n=" + each.images() + "/" + each.images() + matched
                                        + ", AUC of logistic regression, " + each.folds()
                                        + " folds and interval by groups, 0.5 = not told apart",
                                each.ci95())),
                () -> measurement.missing().put(key, Detectability.tooFew(a, b)));
        return found;
    }

    /** At the smaller of both resolutions, so that none is enlarged. */
    private void matchedDetectability(Function<Images, Features> network) {
        if (real.all().isEmpty() || fake.all().isEmpty()) {
            measurement.missing().put(MetricKeys.DETECTABILITY_MATCHED, NO_IMAGES);
            return;
        }
        if (Math.min(real.sample().groupCount(), fake.sample().groupCount()) < Detectability.LEAST_GROUPS) {
            // Known before any image is sent through the network, which takes long.
            measurement
                    .missing()
                    .put(MetricKeys.DETECTABILITY_MATCHED, Detectability.tooFew(real.sample(), fake.sample()));
            return;
        }
        int side = Math.min(real.side(), fake.side());
        detectability(
                MetricKeys.DETECTABILITY_MATCHED,
                "matched detectability",
                acquired(real, side, network),
                acquired(fake, side, network),
                ", both through " + side + "×" + side + " and JPEG quality " + CompressedImages.QUALITY);
    }

    private static Sample acquired(Drawn drawn, int side, Function<Images, Features> network) {
        return new Sample(
                network.apply(new CompressedImages(drawn.images(), side)),
                drawn.sample().groups());
    }

    /** What the same classifier finds where there is nothing to find. */
    private void control() {
        List<Sample> halves = real.sample().halves(seed.of("halves"));
        detectability(
                        MetricKeys.DETECTABILITY_CONTROL,
                        "detectability of real against real",
                        halves.get(0),
                        halves.get(1),
                        " reals")
                .filter(found -> !found.ci95().contains(0.5))
                .ifPresent(found -> measurement
                        .findings()
                        .add(String.format(
                                Locale.ROOT,
                                "real images are told from real ones with an AUC of %.3f (95 %% %.3f to %.3f), which does not hold"
                                        + " 0.5: read detectability with that in mind",
                                found.auc(),
                                found.ci95().low(),
                                found.ci95().high())));
    }

    private void spectrum() {
        if (real.all().isEmpty() || fake.all().isEmpty()) {
            measurement.missing().put(MetricKeys.SPECTRUM_GAP, NO_IMAGES);
            return;
        }
        int side = SpectrumGap.comparable(Math.min(real.side(), fake.side()));
        if (side < SpectrumGap.LEAST_SIDE) {
            measurement
                    .missing()
                    .put(
                            MetricKeys.SPECTRUM_GAP,
                            "a spectrum needs images of at least " + SpectrumGap.LEAST_SIDE + " pixels, got "
                                    + Math.min(real.side(), fake.side()));
            return;
        }
        SpectrumGap gap = SpectrumGap.of(real.images(), fake.images(), side);
        measurement.spectrum(gap);
        measurement.put(
                MetricKeys.SPECTRUM_GAP,
                new Metric(
                        "radial power spectrum gap (dB)",
                        gap.gap(),
                        counts() + ", both at " + side + "×" + side + ", root mean square over " + side / 2
                                + " frequencies"));
    }

    private void kernelTest() {
        Sample reals = real.sample().onePerGroup(KernelTest.MOST_IMAGES);
        Sample fakes = fake.sample().onePerGroup(KernelTest.MOST_IMAGES);
        if (Math.min(reals.size(), fakes.size()) < 2) {
            String reason = "the kernel test takes one image of a group and needs 2 on each side, got " + reals.size()
                    + " and " + fakes.size();
            measurement.missing().put(MetricKeys.MMD, reason);
            measurement.missing().put(MetricKeys.MMD_P, reason);
            return;
        }
        KernelTest test = KernelTest.of(
                reals.features(), fakes.features(), seed.of("permutations").value());
        String recipe = String.format(
                Locale.ROOT,
                "n=%d/%d%s, one of a group, Gaussian kernel, sigma=%.4g",
                reals.size(),
                fakes.size(),
                measurement.reference(),
                test.sigma());
        put(MetricKeys.MMD, "mmd²", test.discrepancy(), recipe + ", unbiased");
        put(MetricKeys.MMD_P, "p of mmd²", test.pValue(), recipe + ", " + test.permutations() + " permutations");
    }
}
