package org.lesionforge.generator.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lesionforge.image.ContactSheet;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.SquareImages;
import org.lesionforge.image.Thumbnail;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.metric.fidelity.NearestNeighbours;

/**
 * Those of a snapshot's images that lie nearest to a training image, each beside it, the closest first: a share of copies says how many there are,
 * and not whether one would take them for copies.
 *
 * @param generated at most {@value #MOST}
 * @param training what each of them is nearest to
 * @param text what they are, and by which distance, for people
 */
public record ClosestPairs(List<RgbImage> generated, List<RgbImage> training, String text) {
    private static final int MOST = 24;
    private static final int PER_ROW = 6;

    /**
     * By a distance that was measured.
     *
     * @param nearest the nearest training image of each generated one
     * @param generated in the order of {@code nearest}
     * @param training that {@code nearest} points into
     * @param distance its name
     */
    static ClosestPairs of(NearestNeighbours nearest, SquareImages generated, SquareImages training, String distance) {
        int[] closest = nearest.closest(MOST);
        String text = "those " + closest.length + " of " + generated.size()
                + " generated images that lie nearest to one of " + training.size()
                + " training images, nearest first: left generated, right the training image; by " + distance;
        return new ClosestPairs(
                IntStream.of(closest).mapToObj(generated::image).toList(),
                IntStream.of(closest)
                        .mapToObj(i -> training.image(nearest.index()[i]))
                        .toList(),
                text);
    }

    /**
     * By their {@linkplain Thumbnail thumbnails}, for snapshots that are not measured.
     *
     * @param generated at least one image
     * @param training at least one image
     * @return the pairs
     */
    public static ClosestPairs byThumbnails(SquareImages generated, SquareImages training) {
        // Of vectors of length 1 the nearest is the one with the largest inner product.
        return of(
                NearestNeighbours.of(thumbnails(generated), thumbnails(training)),
                generated,
                training,
                "the correlation of thumbnails of " + Thumbnail.SIDE + "×" + Thumbnail.SIDE + " pixels");
    }

    private static Features thumbnails(SquareImages images) {
        int length = 3 * Thumbnail.SIDE * Thumbnail.SIDE;
        float[] values = new float[Math.multiplyExact(images.size(), length)];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(Thumbnail.of(images.image(i)).values(), 0, values, i * length, length);
        }
        return new FeatureArray(images.size(), length, values);
    }

    /**
     * Draws them.
     *
     * @param epoch after which they were generated
     * @param file a PNG, to replace
     * @throws IOException when it cannot be written
     */
    public void write(int epoch, Path file) throws IOException {
        PngWriter.write(
                ContactSheet.ofPairs(generated, training, PER_ROW),
                Map.of("Description", "epoch " + epoch + ": " + text),
                file);
    }
}
