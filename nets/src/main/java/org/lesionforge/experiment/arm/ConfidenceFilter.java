package org.lesionforge.experiment.arm;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.lesionforge.generator.run.NotAdmittedException;
import org.lesionforge.generator.run.SyntheticWriter;
import org.lesionforge.image.Images;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.SquareImages;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.metric.statistics.Quantile;
import org.lesionforge.run.arm.FilteredClass;

/**
 * Chooses among the images drawn of a class those that a trained classifier takes for what they are to show. An image is kept when
 *
 * <ul>
 *   <li>the {@linkplain MemorisationGate gate} does not take it for a near-copy of a training image,
 *   <li>the probability of its class is at least the {@value #CONFIDENCE_QUANTILE} quantile of that of the class's validation images, and
 *   <li>its distance to the class's centroid is at most the {@value #DISTANCE_QUANTILE} quantile of theirs. Where f are the d features before the
 *       classifier's last layer, of length √d, and c is their mean over the class's training images, it is ‖f − c‖ / √d, between 0 and 2.
 * </ul>
 *
 * <p>So of real images like the validation ones about eight in ten would be kept. Nothing is taken from images of the test part.
 */
public final class ConfidenceFilter implements SyntheticWriter.Admission {
    /** Share of the class's validation images whose confidence is below the threshold. */
    public static final double CONFIDENCE_QUANTILE = 0.1;
    /** Share of the class's validation images whose distance is below the threshold. */
    public static final double DISTANCE_QUANTILE = 0.9;

    /** What a classifier makes of images of one class. */
    public interface Judge {
        /** {@return who judges images of which class, for messages: {@code the classifier in arms/none-seed0, asked for class malignant}} */
        String name();

        /**
         * {@return for each image the probability of the class, in [0, 1]}
         *
         * @param images of any sizes
         */
        double[] confidences(Images images);

        /**
         * {@return what the classifier sees in images before its last layer: vectors of length √d}
         *
         * @param images of any sizes
         */
        Features features(Images images);
    }

    /** What became of a drawn image: the first reason that holds. */
    private enum Verdict {
        KEPT,
        NEAR_COPY,
        BELOW_CONFIDENCE,
        BEYOND_DISTANCE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Draw(double confidence, double distance, Verdict verdict) {}

    private final Judge judge;
    private final MemorisationGate gate;
    private final double[] centroid;
    private final double leastConfidence;
    private final double greatestDistance;
    private final List<Draw> draws = new ArrayList<>();

    /**
     * Takes the centroid and the thresholds from real images of the class, as the generator would show them.
     *
     * @param judge of the class
     * @param training at least one image, for the centroid
     * @param validation at least one image, for the thresholds
     * @param others validation images of the other classes, if any: what is asked of them is only whether their confidences are others
     * @param gate for near-copies; further draws are offered to it here alone
     * @throws NotAdmittedException when the judge tells no images apart: thresholds would then be a matter of rounding
     */
    public ConfidenceFilter(Judge judge, Images training, Images validation, Images others, MemorisationGate gate) {
        this.judge = judge;
        this.gate = gate;
        Features learned = judge.features(training);
        centroid = mean(learned);
        double[] confidences = judge.confidences(validation);
        double[] distances = distances(judge.features(validation));
        // One that is sure of its class gives all images of it 1, and is no worse for that: others are not given it.
        double[] ofAll = others.size() == 0 ? confidences : joined(confidences, judge.confidences(others));
        requireAble(ofAll, joined(distances(learned), distances));
        leastConfidence = Quantile.of(confidences, CONFIDENCE_QUANTILE);
        greatestDistance = Quantile.of(distances, DISTANCE_QUANTILE);
    }

    private void requireAble(double[] confidences, double[] distances) {
        Spread ofConfidences = Spread.of(
                confidences, DoubleStream.of(confidences).map(Math::abs).max().orElse(0));
        Spread ofDistances = Spread.of(
                distances, Math.sqrt(DoubleStream.of(centroid).map(c -> c * c).sum() / centroid.length));
        if (ofConfidences.tellsApart() && ofDistances.tellsApart()) {
            return;
        }
        throw new NotAdmittedException(judge.name() + ", tells no images apart, and so cannot choose among those that"
                + " are drawn: its probabilities of the class spread over " + ofConfidences + " of all classes, and its"
                + " distances to the class's centroid over " + ofDistances + " of the class. Train whole networks for"
                + " more epochs (--epochs) or start them from pretrained weights (--weights), in a new folder, or leave"
                + " the filtered arms out");
    }

    private static double[] joined(double[] some, double[] others) {
        return DoubleStream.concat(DoubleStream.of(some), DoubleStream.of(others))
                .toArray();
    }

    private static double[] mean(Features features) {
        double[] mean = new double[features.dimensions()];
        for (int i = 0; i < features.count(); i++) {
            float[] vector = features.vector(i);
            for (int k = 0; k < mean.length; k++) {
                mean[k] += (double) vector[k] / features.count();
            }
        }
        return mean;
    }

    private double[] distances(Features features) {
        double[] distances = new double[features.count()];
        for (int i = 0; i < distances.length; i++) {
            float[] vector = features.vector(i);
            double squares = 0;
            for (int k = 0; k < centroid.length; k++) {
                double difference = vector[k] - centroid[k];
                squares += difference * difference;
            }
            distances[i] = Math.sqrt(squares / centroid.length);
        }
        return distances;
    }

    @Override
    public boolean[] admits(List<RgbImage> images) {
        boolean[] own = gate.admits(images);
        SquareImages offered = together(images);
        double[] confidences = judge.confidences(offered);
        double[] distances = distances(judge.features(offered));
        boolean[] admitted = new boolean[images.size()];
        for (int i = 0; i < admitted.length; i++) {
            Verdict verdict = verdict(own[i], confidences[i], distances[i]);
            draws.add(new Draw(confidences[i], distances[i], verdict));
            admitted[i] = verdict == Verdict.KEPT;
        }
        return admitted;
    }

    private static SquareImages together(List<RgbImage> images) {
        int side = images.get(0).width();
        byte[] pixels = new byte[images.size() * 3 * side * side];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i).pixels(), 0, pixels, i * 3 * side * side, 3 * side * side);
        }
        return SquareImages.of(pixels, side);
    }

    private Verdict verdict(boolean own, double confidence, double distance) {
        if (!own) {
            return Verdict.NEAR_COPY;
        }
        if (!(confidence >= leastConfidence)) {
            return Verdict.BELOW_CONFIDENCE;
        }
        return distance <= greatestDistance ? Verdict.KEPT : Verdict.BEYOND_DISTANCE;
    }

    @Override
    public String turnedAway() {
        int copies = count(Verdict.NEAR_COPY, draws.size());
        int unlikely = count(Verdict.BELOW_CONFIDENCE, draws.size());
        int far = count(Verdict.BEYOND_DISTANCE, draws.size());
        return String.format(
                        Locale.ROOT,
                        "the filter turned the others away: %d are near-copies of training images, to %d the classifier of arm none"
                                + " gives their class a probability below %.3g, and %d are farther from its centroid than %.3f, unlike nine"
                                + " in ten validation images. ",
                        copies,
                        unlikely,
                        leastConfidence,
                        far,
                        greatestDistance)
                + (copies > unlikely + far
                        ? "This generator repeats what it was shown: train it for fewer epochs, or allow more similarity with"
                                + " --max-similarity"
                        : "This generator does not draw what the classifier knows as this class: train it for more epochs, take"
                                + " another family, or leave the filtered arms out");
    }

    private int count(Verdict verdict, int drawn) {
        return (int) draws.subList(0, drawn).stream()
                .filter(draw -> draw.verdict() == verdict)
                .count();
    }

    /**
     * {@return the thresholds, and how many images were kept and turned away}
     *
     * @param className of the images
     * @param drawn how many of the images offered so far count, the first ones
     */
    public FilteredClass result(String className, int drawn) {
        return new FilteredClass(
                className,
                drawn,
                count(Verdict.KEPT, drawn),
                count(Verdict.NEAR_COPY, drawn),
                count(Verdict.BELOW_CONFIDENCE, drawn),
                count(Verdict.BEYOND_DISTANCE, drawn),
                leastConfidence,
                greatestDistance);
    }

    /**
     * Writes what became of every draw: {@code index,confidence,distance,verdict}.
     *
     * @param file to write
     * @param drawn how many of the images offered so far count, the first ones
     * @throws IOException when the file cannot be written
     */
    public void writeCsv(Path file, int drawn) throws IOException {
        AtomicFile.write(file, out -> {
            CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            csv.writeRecord("index", "confidence", "distance", "verdict");
            for (int i = 0; i < drawn; i++) {
                Draw draw = draws.get(i);
                csv.writeRecord(
                        Integer.toString(i),
                        String.format(Locale.ROOT, "%.6f", draw.confidence()),
                        String.format(Locale.ROOT, "%.6f", draw.distance()),
                        draw.verdict().word());
            }
            csv.flush();
        });
    }
}
