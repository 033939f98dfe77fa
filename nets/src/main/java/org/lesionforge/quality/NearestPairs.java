package org.lesionforge.quality;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lesionforge.data.ImageSet;
import org.lesionforge.image.ContactSheet;
import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.SheetWriter;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.metric.fidelity.Memorisation;
import org.lesionforge.metric.fidelity.NearestNeighbours;

/**
 * The nearest training image of each fake, in feature space and by the pixels of 32×32 thumbnails, as a table and as a picture: numbers
 * alone convince nobody that a generator copies, or that it does not.
 */
public final class NearestPairs {
    private static final int THUMBNAIL = 32;
    private static final int SHOWN_SIDE = 96;
    private static final int SHOWN_PAIRS = 24;
    private static final int PAIRS_PER_ROW = 6;

    private final ImageSet fakes;
    private final ImageSet training;
    private final Memorisation inFeatures;
    private final NearestNeighbours inPixels;

    /** @param inFeatures of these fakes and these training images */
    NearestPairs(ImageSet fakes, ImageSet training, Memorisation inFeatures) {
        this.fakes = fakes;
        this.training = training;
        this.inFeatures = inFeatures;
        this.inPixels = NearestNeighbours.of(Thumbnails.of(fakes), Thumbnails.of(training));
    }

    /**
     * One line per fake, in order: {@code fake, nearest_by_features, feature_distance, copied, nearest_by_pixels, pixel_rms}; the last is the root
     * mean square difference of the thumbnails, in grey levels.
     *
     * @param file to replace
     * @throws IOException when it cannot be written
     */
    public void writeCsv(Path file) throws IOException {
        AtomicFile.write(file, out -> {
            try (SheetWriter sheet = new SheetWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
                sheet.row(List.of(
                        "fake", "nearest_by_features", "feature_distance", "copied", "nearest_by_pixels", "pixel_rms"));
                for (int i = 0; i < fakes.size(); i++) {
                    sheet.row(List.of(
                            fakes.id(i),
                            training.id(inFeatures.nearest().index()[i]),
                            inFeatures.nearest().distance()[i],
                            inFeatures.copied()[i],
                            training.id(inPixels.index()[i]),
                            String.format(Locale.ROOT, "%.3f", inPixels.distance()[i] / Math.sqrt(Thumbnails.LENGTH))));
                }
            }
        });
    }

    /**
     * Draws the closest pairs by features, closest first; in each the fake is left, its training image right.
     *
     * @param file a PNG, to replace
     * @throws IOException when it cannot be written
     */
    public void writeFigure(Path file) throws IOException {
        int[] closest = inFeatures.nearest().closest(SHOWN_PAIRS);
        RgbImage sheet = ContactSheet.ofPairs(
                IntStream.of(closest)
                        .mapToObj(i -> resized(fakes, i, SHOWN_SIDE))
                        .toList(),
                IntStream.of(closest)
                        .mapToObj(i -> resized(training, inFeatures.nearest().index()[i], SHOWN_SIDE))
                        .toList(),
                PAIRS_PER_ROW);
        AtomicFile.write(
                file,
                out -> PngWriter.write(
                        sheet, Map.of("Title", "closest pairs: fake left, nearest training image right"), out));
    }

    /** Grey levels of all thumbnails, a byte each. */
    private record Thumbnails(int count, byte[] levels) implements Features {
        static final int LENGTH = 3 * THUMBNAIL * THUMBNAIL;

        static Thumbnails of(ImageSet images) {
            byte[] levels = new byte[Math.multiplyExact(images.size(), LENGTH)];
            IntStream.range(0, images.size())
                    .parallel()
                    .forEach(i ->
                            System.arraycopy(resized(images, i, THUMBNAIL).pixels(), 0, levels, i * LENGTH, LENGTH));
            return new Thumbnails(images.size(), levels);
        }

        @Override
        public int dimensions() {
            return LENGTH;
        }

        @Override
        public void read(int i, float[] target, int offset) {
            for (int k = 0; k < LENGTH; k++) {
                target[offset + k] = levels[i * LENGTH + k] & 0xFF;
            }
        }
    }

    private static RgbImage resized(ImageSet images, int i, int side) {
        return Resampler.resize(images.image(i), side, side, Filter.BICUBIC);
    }
}
