package org.lesionforge.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lesionforge.metric.fidelity.ClippedDensityCoverage;
import org.lesionforge.metric.fidelity.DensityCoverage;
import org.lesionforge.metric.fidelity.DistanceName;
import org.lesionforge.metric.fidelity.FeatureExtractor.Activations;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.metric.fidelity.FrechetDistance;
import org.lesionforge.metric.fidelity.FrechetFloor;
import org.lesionforge.metric.fidelity.InceptionScore;
import org.lesionforge.metric.fidelity.KernelDistance;
import org.lesionforge.metric.fidelity.Memorisation;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.metric.fidelity.PrecisionRecall;
import org.lesionforge.metric.fidelity.SpectrumGap;
import org.lesionforge.metric.statistics.MannWhitney;

/** Collects the numbers of one comparison of reals with fakes, each with its recipe, and why others are missing. */
public final class Measurement {
    /** Below this share of the reals' variance the fakes count as collapsed. */
    private static final double COLLAPSED = 1e-3;

    private final Map<String, Metric> metrics = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final List<String> findings = new ArrayList<>();
    private @Nullable SpectrumGap spectrum;
    private final DistanceName distanceName;
    private final String reference;

    /**
     * @param distanceName {@code fid-768[…]} or {@code fd-768[…]}
     * @param reference what else was done to the images, for the recipe: {@code ", reals through 64×64"}, or empty
     */
    Measurement(String distanceName, String reference) {
        this.distanceName = new DistanceName(distanceName);
        this.reference = reference;
    }

    /** {@return the numbers by key, in the order they were measured} */
    public Map<String, Metric> metrics() {
        return metrics;
    }

    /** {@return the reasons by key why numbers are missing} */
    public Map<String, String> missing() {
        return missing;
    }

    /** {@return what a reader should know before the numbers} */
    public List<String> findings() {
        return findings;
    }

    /** {@return the spectra of both sides; empty where they were not compared} */
    public Optional<SpectrumGap> spectrum() {
        return Optional.ofNullable(spectrum);
    }

    void spectrum(SpectrumGap found) {
        spectrum = found;
    }

    /**
     * All groups that read features alone but memorisation, for which see {@link #addMemorisation}.
     *
     * @param seed of the random halves and subsets
     * @throws IllegalArgumentException when the vectors are not of one length
     */
    void compare(Features real, Activations fake, Set<MetricGroup> wanted, long seed) {
        Features fakes = fake.features();
        String counts = "n=" + real.count() + "/" + fakes.count();
        boolean several = Math.min(real.count(), fakes.count()) > 1;
        if (several && variance(fakes) <= COLLAPSED * variance(real)) {
            findings.add("the fakes have collapsed: their features vary less than a thousandth as much as the reals'");
        }
        if (wanted.contains(MetricGroup.FID)) {
            put(MetricKeys.FID, distanceName.text(), FrechetDistance.between(real, fakes), counts + reference);
            addFloor(real, fakes, seed);
        }
        if (wanted.contains(MetricGroup.KID) && several) {
            addKernelDistance(real, fakes, counts, seed);
        } else if (wanted.contains(MetricGroup.KID)) {
            missing.put(MetricKeys.KID, "the unbiased estimate needs 2 images on each side, got " + counts);
        }
        if (wanted.contains(MetricGroup.PRDC)) {
            addNeighbourMeasures(real, fakes, counts);
        }
        if (wanted.contains(MetricGroup.IS)) {
            addInceptionScore(fake.logits());
        }
    }

    /**
     * What a mean and a covariance allow: the distance alone, and the fakes' Inception Score, which does not read the reals.
     *
     * @param distance Fréchet distance
     * @param fake where the fakes are more than moments
     * @param recipe of the distance
     */
    void compareMoments(double distance, Optional<Activations> fake, Set<MetricGroup> wanted, String recipe) {
        String reason =
                "statistics (mu and sigma) allow the Fréchet distance alone; give images or features on both sides";
        if (wanted.contains(MetricGroup.FID)) {
            put(MetricKeys.FID, distanceName.text(), distance, recipe + reference);
            missing.put(MetricKeys.FID_FLOOR, reason);
        }
        if (wanted.contains(MetricGroup.KID)) {
            missing.put(MetricKeys.KID, reason);
        }
        if (wanted.contains(MetricGroup.PRDC)) {
            List.of(
                            MetricKeys.PRECISION,
                            MetricKeys.RECALL,
                            MetricKeys.DENSITY,
                            MetricKeys.COVERAGE,
                            MetricKeys.CLIPPED_DENSITY,
                            MetricKeys.CLIPPED_COVERAGE)
                    .forEach(key -> missing.put(key, reason));
        }
        TwoSampleMeasures.KEYS.forEach((group, keys) -> {
            if (wanted.contains(group)) {
                keys.forEach(key -> missing.put(key, reason));
            }
        });
        if (wanted.contains(MetricGroup.IS)) {
            fake.ifPresentOrElse(each -> addInceptionScore(each.logits()), () -> missing.put(MetricKeys.IS, reason));
        }
    }

    /**
     * @param heldOut reals that the generator did not learn from
     * @return which fake is nearest to which training image
     */
    Memorisation addMemorisation(Features fake, Features training, Optional<Features> heldOut) {
        Memorisation found = Memorisation.of(fake, training, heldOut);
        String recipe = "n=" + fake.count() + " fakes, " + training.count() + " training images";
        put(MetricKeys.AUTHENTICITY, distanceName.of("authenticity"), found.authenticity(), recipe);
        found.againstHeldOut()
                .ifPresentOrElse(
                        test -> addRankTest(
                                test, recipe + ", " + heldOut.orElseThrow().count() + " held-out"),
                        () -> missing.put(
                                MetricKeys.MEMORISATION_P,
                                "the rank test needs real images that were not trained on: --held-out"));
        return found;
    }

    private void addRankTest(MannWhitney test, String recipe) {
        put(
                MetricKeys.MEMORISATION_AUC,
                distanceName.of("P(fake farther from training than held-out)"),
                test.probabilityAbove(),
                recipe + ", U=" + test.u() + ", 0.5 = no difference");
        put(
                MetricKeys.MEMORISATION_P,
                distanceName.of("p that fakes are nearer"),
                test.pLess(),
                recipe + ", Mann-Whitney, one-sided: fakes nearer to training than held-out");
        put(
                MetricKeys.MEMORISATION_P_TWO_SIDED,
                distanceName.of("p of any difference"),
                test.pTwoSided(),
                recipe + ", two-sided");
    }

    private void addFloor(Features real, Features fake, long seed) {
        if (real.count() < 4) {
            missing.put(
                    MetricKeys.FID_FLOOR, "half the reals against the other half needs 4 reals, got " + real.count());
            return;
        }
        FrechetFloor floor = FrechetFloor.of(real, fake, seed);
        String recipe = "n=" + floor.count() + "/" + floor.count() + ", seed=" + seed + reference;
        put(MetricKeys.FID_FLOOR, distanceName + " real-vs-real", floor.floor(), recipe + ", disjoint reals");
        put(
                MetricKeys.FID_RATIO,
                distanceName + " over real-vs-real",
                floor.ratio(),
                String.format(Locale.ROOT, "%s, %.4g / %.4g", recipe, floor.distance(), floor.floor()));
    }

    private void addKernelDistance(Features real, Features fake, String counts, long seed) {
        int size = Math.min(KernelDistance.SUBSET_SIZE, Math.min(real.count(), fake.count()));
        KernelDistance distance = KernelDistance.of(real, fake, KernelDistance.SUBSETS, size, seed);
        put(MetricKeys.KID, distanceName.ofKernel(), distance.wholeSet(), counts + reference + ", whole set, unbiased");
        metrics.put(
                MetricKeys.KID_SUBSETS,
                new Metric(
                        distanceName.ofKernel() + " over subsets",
                        distance.mean(),
                        distance.std(),
                        counts + reference + ", " + distance.subsets() + " subsets of " + size + ", seed=" + seed));
    }

    private void addNeighbourMeasures(Features real, Features fake, String counts) {
        int k = PrecisionRecall.NEIGHBOURS;
        if (Math.min(real.count(), fake.count()) > k) {
            PrecisionRecall found = PrecisionRecall.of(real, fake, k);
            put(MetricKeys.PRECISION, distanceName.of("precision"), found.precision(), counts + reference + ", k=" + k);
            put(MetricKeys.RECALL, distanceName.of("recall"), found.recall(), counts + reference + ", k=" + k);
            if (found.recall() == 0) {
                findings.add("recall is 0: no real image lies among the fakes");
            }
        } else {
            String reason = "neighbour " + k + " needs at least " + (k + 1) + " images on each side, got " + counts;
            missing.put(MetricKeys.PRECISION, reason);
            missing.put(MetricKeys.RECALL, reason);
        }
        int wide = DensityCoverage.NEIGHBOURS;
        if (real.count() > wide) {
            DensityCoverage found = DensityCoverage.of(real, fake, wide);
            put(MetricKeys.DENSITY, distanceName.of("density"), found.density(), counts + reference + ", k=" + wide);
            put(MetricKeys.COVERAGE, distanceName.of("coverage"), found.coverage(), counts + reference + ", k=" + wide);
            ClippedDensityCoverage clipped = ClippedDensityCoverage.of(real, fake, ClippedDensityCoverage.NEIGHBOURS);
            String recipe = counts + reference + ", k=" + ClippedDensityCoverage.NEIGHBOURS + ", 1 = as reals";
            put(MetricKeys.CLIPPED_DENSITY, distanceName.of("clipped density"), clipped.density(), recipe);
            put(MetricKeys.CLIPPED_COVERAGE, distanceName.of("clipped coverage"), clipped.coverage(), recipe);
        } else {
            String reason = "neighbour " + wide + " needs at least " + (wide + 1) + " reals, got " + real.count();
            missing.put(MetricKeys.DENSITY, reason);
            missing.put(MetricKeys.COVERAGE, reason);
            missing.put(MetricKeys.CLIPPED_DENSITY, reason);
            missing.put(MetricKeys.CLIPPED_COVERAGE, reason);
        }
    }

    private void addInceptionScore(Optional<Features> logits) {
        if (logits.isEmpty()) {
            missing.put(
                    MetricKeys.IS,
                    "the Inception Score needs the 1008 outputs of the whole FID network (inception-2015-12-05) at 2048 features");
        } else if (logits.get().count() < InceptionScore.SPLITS) {
            missing.put(
                    MetricKeys.IS,
                    InceptionScore.SPLITS + " splits need as many images, got "
                            + logits.get().count());
        } else {
            InceptionScore score = InceptionScore.of(logits.get(), InceptionScore.SPLITS);
            metrics.put(
                    MetricKeys.IS,
                    new Metric(
                            distanceName.of("is"),
                            score.mean(),
                            score.std(),
                            "n=" + logits.get().count() + ", splits=" + InceptionScore.SPLITS
                                    + ", in the order of the files"));
        }
    }

    private void put(String key, String name, double value, String recipe) {
        put(key, new Metric(name, value, recipe));
    }

    /** Adds a number that was measured elsewhere. */
    void put(String key, Metric metric) {
        metrics.put(key, metric);
    }

    /** The name of a measure through the network of this comparison, and of how its reals were treated. */
    String name(String words) {
        return distanceName.of(words);
    }

    /** For recipes: what was done to the reals. */
    String reference() {
        return reference;
    }

    /** Sum of the variances of all dimensions. */
    private static double variance(Features x) {
        double[] mean = new double[x.dimensions()];
        float[] vector = new float[x.dimensions()];
        for (int i = 0; i < x.count(); i++) {
            x.read(i, vector, 0);
            for (int k = 0; k < vector.length; k++) {
                mean[k] += vector[k] / (double) x.count();
            }
        }
        double total = 0;
        for (int i = 0; i < x.count(); i++) {
            x.read(i, vector, 0);
            for (int k = 0; k < vector.length; k++) {
                total += (vector[k] - mean[k]) * (vector[k] - mean[k]) / x.count();
            }
        }
        return total;
    }
}
