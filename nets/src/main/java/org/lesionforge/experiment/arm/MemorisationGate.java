package org.lesionforge.experiment.arm;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.generator.run.SyntheticWriter;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.SquareImages;
import org.lesionforge.image.Thumbnail;
import org.lesionforge.io.AtomicFile;

/**
 * Keeps near-copies of training images out of the synthetic ones: a copy adds no new case, and may show a patient. An
 * image is a near-copy when its {@linkplain Thumbnail thumbnail} correlates more than a limit with that of a training
 * image of its class, in any of the eight positions of a square.
 *
 * <p>The usual limit is {@value #USUAL_SIMILARITY}. Among the 374 training melanomas of ISIC 2017 every image that was
 * mirrored and recompressed, blurred through 64×64, made noisy or made brighter is more similar to its original than
 * 0.97, and 97 of 100 images are less similar to all others than 0.95; of the rest some are photographs of one lesion.
 * A copy that was cropped by a twentieth may not be detected.
 */
public final class MemorisationGate implements SyntheticWriter.Admission {
    /** The similarity above which an image counts as a near-copy, unless told otherwise. */
    public static final double USUAL_SIMILARITY = 0.95;

    private final LabelledImages training;
    private final double maxSimilarity;
    private final List<Thumbnail> thumbnails;
    private final List<Nearest> nearest = new ArrayList<>();

    /**
     * A drawn image's nearest training image.
     *
     * @param index of the draw
     * @param training identifier of the training image
     * @param similarity of both
     * @param kept whether it was kept
     */
    private record Nearest(int index, String training, double similarity, boolean kept) {}

    /**
     * A gate that nothing was held against yet.
     *
     * @param training images of the class that the generator learned
     * @param maxSimilarity above which an image is a near-copy, in (0, 1]
     */
    public MemorisationGate(LabelledImages training, double maxSimilarity) {
        this.training = training;
        this.maxSimilarity = maxSimilarity;
        SquareImages images = seen(training);
        thumbnails = IntStream.range(0, images.size())
                .parallel()
                .mapToObj(i -> Thumbnail.of(images.image(i)))
                .toList();
    }

    private static SquareImages seen(LabelledImages images) {
        return images.atLeast(2 * Thumbnail.SIDE);
    }

    @Override
    public boolean[] admits(List<RgbImage> images) {
        int first = nearest.size();
        List<Nearest> found = IntStream.range(0, images.size())
                .parallel()
                .mapToObj(i -> nearest(first + i, images.get(i)))
                .toList();
        nearest.addAll(found);
        boolean[] admitted = new boolean[images.size()];
        for (int i = 0; i < admitted.length; i++) {
            admitted[i] = found.get(i).kept();
        }
        return admitted;
    }

    @Override
    public String turnedAway() {
        return "the others are near-copies of training images: this generator repeats what it was shown; train it for fewer"
                + " epochs, take an earlier snapshot, or allow more similarity with --max-similarity";
    }

    private Nearest nearest(int index, RgbImage image) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (Thumbnail position : Thumbnail.inEveryPosition(image)) {
            for (int t = 0; t < thumbnails.size(); t++) {
                double similarity = position.similarity(thumbnails.get(t));
                if (similarity > highest) {
                    highest = similarity;
                    best = t;
                }
            }
        }
        return new Nearest(index, training.id(best), highest, highest <= maxSimilarity);
    }

    /**
     * Writes every draw and its nearest training image: {@code index,nearest,similarity,kept}.
     *
     * @param file to write
     * @param drawn how many of the images offered so far count, the first ones
     * @throws IOException when the file cannot be written
     */
    public void writeCsv(Path file, int drawn) throws IOException {
        AtomicFile.write(file, out -> {
            CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            csv.writeRecord("index", "nearest", "similarity", "kept");
            for (Nearest draw : nearest.subList(0, drawn)) {
                csv.writeRecord(
                        Integer.toString(draw.index()),
                        draw.training(),
                        String.format(Locale.ROOT, "%.4f", draw.similarity()),
                        Boolean.toString(draw.kept()));
            }
            csv.flush();
        });
    }

    /**
     * {@return the similarity of real images that the generator was not trained on to their nearest training images, for
     * comparison}
     *
     * @param heldOut real images of the class
     */
    public double[] similarities(LabelledImages heldOut) {
        SquareImages images = seen(heldOut);
        return IntStream.range(0, images.size())
                .parallel()
                .mapToDouble(i -> nearest(i, images.image(i)).similarity())
                .toArray();
    }
}
