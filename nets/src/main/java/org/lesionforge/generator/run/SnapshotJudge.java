package org.lesionforge.generator.run;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.ImagesAtSide;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.LabelShares;
import org.lesionforge.generator.Sampler;
import org.lesionforge.image.SquareImages;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.metric.fidelity.DistanceName;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.FeatureExtractor;
import org.lesionforge.metric.fidelity.FeatureExtractor.Activations;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.metric.fidelity.FrechetDistance;
import org.lesionforge.metric.fidelity.InceptionScore;
import org.lesionforge.metric.fidelity.KernelDistance;
import org.lesionforge.metric.fidelity.Memorisation;
import org.lesionforge.metric.fidelity.Metric;
import org.lesionforge.metric.fidelity.MetricKeys;
import org.lesionforge.metric.fidelity.NearestNeighbours;
import org.lesionforge.metric.fidelity.PrecisionRecall;
import org.lesionforge.metric.fidelity.Spread;
import org.lesionforge.metric.statistics.GroupBootstrap;
import org.lesionforge.metric.statistics.Interval;
import org.lesionforge.run.Alarm;
import org.lesionforge.run.MeasuredSnapshot;
import org.lesionforge.run.MeasuredSnapshot.Measurement;
import org.lesionforge.run.MeasuredSnapshot.Missing;
import org.lesionforge.run.Snapshot;

/**
 * Measures a snapshot's images against real ones of the same classes, and chooses the best snapshot. A conditional generator draws as many of each
 * class as there are real ones among those that are measured: it is measured against the mixture that it was shown.
 *
 * <p>Two references, because a 64×64 generator compared with larger reals is judged on blur: <em>matched</em>, the
 * training reals resized to the generator's size first (how good the generator is), and <em>native</em>, the reals at
 * the largest size of the data set. The snapshot is chosen by the kernel distance to matched <em>validation</em> reals,
 * unbiased in the number of images, and its interval ({@link SnapshotChoice}); without a validation part the last
 * snapshot is taken, as in the paper.
 */
public final class SnapshotJudge {
    /**
     * One snapshot's numbers.
     *
     * @param metrics by key ({@link MetricKeys})
     * @param missing why others are missing, by key
     * @param closest those of the images that were measured which are nearest to training images
     */
    public record Verdict(Map<String, Metric> metrics, Map<String, String> missing, Optional<ClosestPairs> closest) {
        private static final List<String> IN_SUMMARY =
                List.of(MetricKeys.FID, MetricKeys.KID_VALIDATION, MetricKeys.RECALL, MetricKeys.IS);

        /**
         * {@return what {@code metrics.jsonl} says of the snapshot}
         *
         * @param snapshot that was measured
         * @param iteration after which it was taken
         * @param alarms that were raised at it
         * @param holding alarms that hold at it
         */
        public MeasuredSnapshot line(
                Snapshot snapshot, long iteration, List<Alarm.Kind> alarms, List<Alarm.Kind> holding) {
            List<Measurement> measurements = new ArrayList<>();
            metrics.forEach((key, metric) -> measurements.add(Measurement.of(key, metric)));
            List<Missing> reasons = new ArrayList<>();
            missing.forEach((key, reason) -> reasons.add(new Missing(key, reason)));
            return new MeasuredSnapshot(
                    snapshot.epoch(), iteration, snapshot.weights(), measurements, reasons, alarms, holding);
        }

        /** {@return one line for the log} */
        public String summary() {
            return metrics.entrySet().stream()
                    .filter(metric -> IN_SUMMARY.contains(metric.getKey()))
                    .map(metric -> String.format(
                            Locale.ROOT,
                            "%s %.4g",
                            metric.getValue().name(),
                            metric.getValue().value()))
                    .collect(Collectors.joining(", "));
        }
    }

    /** So many of each kind are measured: the first, or where there are several classes, evenly spread over the part. */
    public static final int MOST_IMAGES = 2000;

    private final FeatureExtractor extractor;
    private final DistanceName name;
    private final LabelShares shares;
    private final SquareImages real;
    private final Features matched;
    private final Optional<Features> nativeSize;
    private final Optional<Features> validation;
    private final List<String> validationGroups;
    private final double realSpread;

    /**
     * Reads the features of the real images, which every snapshot is compared with.
     *
     * @param extractor what turns images into features; its name is the metrics' name
     * @param real the images the GAN learns from
     * @param validation held-out images of the same class, to choose the snapshot by; fewer than two are not used
     * @param side side of the generator's images
     * @param progress receives one message, before the real images are read
     */
    public SnapshotJudge(
            FeatureExtractor extractor,
            TrainingPart real,
            Optional<HeldOutPart> validation,
            int side,
            Progress progress) {
        this(extractor, new LearnedClasses(real.classes(), false), real, validation, side, progress);
    }

    /**
     * Reads the features of the real images, which every snapshot is compared with.
     *
     * @param extractor what turns images into features; its name is the metrics' name
     * @param classes that the generator learns
     * @param real the images the GAN learns from
     * @param validation held-out images of the same classes, to choose the snapshot by; fewer than two are not used
     * @param side side of the generator's images
     * @param progress receives one message, before the real images are read
     */
    public SnapshotJudge(
            FeatureExtractor extractor,
            LearnedClasses classes,
            TrainingPart real,
            Optional<HeldOutPart> validation,
            int side,
            Progress progress) {
        this.extractor = extractor;
        name = new DistanceName(extractor.distanceName());
        int[] measured = measured(real);
        shares = classes.shares(real, measured);
        progress.message("measuring " + measured.length + " real images with " + name);
        this.real = real.at(side).selected(measured);
        matched = extract(this.real);
        ImagesAtSide largest = real.atLargest();
        nativeSize = largest.side() == side ? Optional.empty() : Optional.of(extract(largest.selected(measured)));
        validationGroups = validation.stream()
                .flatMap(part -> IntStream.of(measured(part)).mapToObj(part::group))
                .toList();
        this.validation = validation
                .filter(part -> part.size() > 1)
                .map(part -> extract(part.at(side).selected(measured(part))));
        realSpread = Spread.of(matched);
    }

    /**
     * {@return which images of a part are measured, at most {@value #MOST_IMAGES}; of several classes not the first alone, for a data set may list
     * one after the other}
     *
     * @param part of real images
     */
    public static int[] measured(LabelledImages part) {
        int most = Math.min(MOST_IMAGES, part.size());
        boolean ofOneClass =
                IntStream.range(0, part.size()).map(part::label).distinct().count() <= 1;
        return IntStream.range(0, most)
                .map(i -> ofOneClass ? i : (int) ((long) i * part.size() / most))
                .toArray();
    }

    /** {@return what snapshots are chosen by; empty when there are no validation images to choose by} */
    public Optional<Selection> selection() {
        return validation.map(images -> new Selection(name.ofKernel(), images.count()));
    }

    /**
     * What snapshots are chosen by.
     *
     * @param metric name of the distance
     * @param images how many validation images it is to
     */
    public record Selection(String metric, int images) {}

    /**
     * Draws as many images as there are reals and measures them.
     *
     * @param sampler of the snapshot
     * @param seed of the images
     * @param progress receives a message
     * @return the numbers
     */
    public Verdict judge(Sampler sampler, Seed seed, Progress progress) {
        progress.message("measuring " + matched.count() + " synthetic images");
        SquareImages images = SquareImages.of(drawn(sampler.quick(), seed), sampler.side());
        Activations fake = extractor.extractOnce(images);
        Features features = fake.features();
        String recipe = "n=" + matched.count() + "/" + features.count();
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put(
                MetricKeys.FID, frechet(matched, features, ", reals through " + sampler.side() + "×" + sampler.side()));
        nativeSize.ifPresent(
                real -> metrics.put(MetricKeys.FID_NATIVE, frechet(real, features, ", reals at native size")));
        metrics.put(
                MetricKeys.KID,
                new Metric(name.ofKernel(), KernelDistance.wholeSet(matched, features), recipe + ", whole set"));
        validation.ifPresent(real -> metrics.put(
                MetricKeys.KID_VALIDATION,
                new Metric(
                        name.ofKernel() + " to validation",
                        KernelDistance.wholeSet(real, features),
                        null,
                        "n=" + real.count() + "/" + features.count() + ", whole set, interval over validation images",
                        KernelDistance.interval(
                                real,
                                features,
                                new GroupBootstrap(
                                        validationGroups,
                                        seed.of("validation-bootstrap").value())))));
        Map<String, String> missing = new LinkedHashMap<>();
        variety(features, metrics, missing);
        NearestNeighbours nearest = copies(features, metrics);
        fake.logits()
                .ifPresentOrElse(
                        logits -> metrics.put(MetricKeys.IS, inceptionScore(logits)),
                        () -> missing.put(
                                MetricKeys.IS, extractor.logitsMissingReason().orElseThrow()));
        return new Verdict(metrics, missing, Optional.of(ClosestPairs.of(nearest, images, real, name.of("distance"))));
    }

    /** As many images of each label as there are real ones; none of two labels from one latent. */
    private byte[] drawn(Sampler sampler, Seed seed) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        int first = 0;
        for (int label = 0; label < shares.images().size(); label++) {
            int count = shares.images().get(label);
            pixels.writeBytes(sampler.pixels(seed, first, count, label));
            first += count;
        }
        return pixels.toByteArray();
    }

    private void variety(Features fake, Map<String, Metric> metrics, Map<String, String> missing) {
        String recipe = "n=" + matched.count() + "/" + fake.count();
        metrics.put(
                MetricKeys.SPREAD,
                new Metric(name.of("spread"), Spread.of(fake) / realSpread, recipe + ", 1 = as reals"));
        int k = PrecisionRecall.NEIGHBOURS;
        if (Math.min(matched.count(), fake.count()) <= k) {
            missing.put(MetricKeys.RECALL, "precision and recall need more than " + k + " images");
            return;
        }
        PrecisionRecall found = PrecisionRecall.of(matched, fake, k);
        metrics.put(MetricKeys.PRECISION, new Metric(name.of("precision"), found.precision(), recipe + ", k=" + k));
        metrics.put(MetricKeys.RECALL, new Metric(name.of("recall"), found.recall(), recipe + ", k=" + k));
    }

    /** {@return what each image is nearest to} */
    private NearestNeighbours copies(Features fake, Map<String, Metric> metrics) {
        Memorisation found = Memorisation.of(fake, matched, Optional.empty());
        metrics.put(MetricKeys.COPIED, copied(found, ""));
        validation.ifPresent(held -> metrics.put(
                MetricKeys.COPIED_VALIDATION,
                copied(Memorisation.of(held, matched, Optional.empty()), " of validation")));
        return found.nearest();
    }

    /** The share of images that lie nearer to a training image than that lies to any other. */
    private Metric copied(Memorisation found, String whose) {
        int images = found.copied().length;
        int copied = 0;
        for (boolean each : found.copied()) {
            copied += each ? 1 : 0;
        }
        return new Metric(
                name.of("copied") + whose,
                (double) copied / images,
                null,
                "n=" + matched.count() + "/" + images,
                Interval.wilson(copied, images));
    }

    private Metric frechet(Features real, Features fake, String reference) {
        return new Metric(
                name.text(), FrechetDistance.between(real, fake), "n=" + real.count() + "/" + fake.count() + reference);
    }

    private static Metric inceptionScore(Features logits) {
        InceptionScore score = InceptionScore.of(logits, InceptionScore.SPLITS);
        return new Metric("is", score.mean(), score.std(), "n=" + logits.count() + ", splits=" + InceptionScore.SPLITS);
    }

    private Features extract(SquareImages images) {
        // Read again for every snapshot.
        return FeatureArray.of(extractor.extract(images).features());
    }
}
