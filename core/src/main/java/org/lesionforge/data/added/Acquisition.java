package org.lesionforge.data.added;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.DatasetImage;
import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.image.file.JpegWriter;
import org.lesionforge.io.Seed;

/**
 * What a data set's photographs went through before they had the size at which nets see them: they were a file of so many pixels, mostly a JPEG, that was
 * decoded and resized. An image that comes from elsewhere goes the same way: it is enlarged to the number of pixels of some training image's
 * file (up to {@value #MOST} times the side that is wanted, since of more nothing would be left), compressed as JPEG where the data set's files
 * are JPEGs, decoded, and resized to the side. So neither sharpness nor the blocks of JPEG tell the one from the other.
 *
 * <p>Files of real images that are trained on are looked at, of all classes together: their sizes are to say nothing of a class. A prepared data set
 * does not know with which quality its files were compressed; {@value #QUALITY} of 100 is taken, libjpeg's scale.
 */
public final class Acquisition {
    /** Quality of the JPEGs, on libjpeg's scale. */
    public static final int QUALITY = 90;

    private static final int MOST = 2;
    private static final Seed CHOICE = new Seed(0).of("acquisition");

    private final int[] sides;
    private final boolean jpeg;

    private Acquisition(int[] sides, boolean jpeg) {
        this.sides = sides;
        this.jpeg = jpeg;
    }

    /**
     * {@return what some images of a data set went through}
     *
     * @param dataset in any split
     * @param trained identifiers of real images that are trained on, at least one
     */
    public static Acquisition of(Dataset dataset, Set<String> trained) {
        List<DatasetImage> files = dataset.images().stream()
                .filter(image -> trained.contains(image.id()))
                .toList();
        long jpegs = files.stream()
                .filter(image -> isJpeg(image.source().toLowerCase(Locale.ROOT)))
                .count();
        return new Acquisition(
                files.stream()
                        .mapToInt(image ->
                                (int) Math.max(1, Math.round(Math.sqrt((double) image.width() * image.height()))))
                        .toArray(),
                2 * jpegs > files.size());
    }

    private static boolean isJpeg(String name) {
        return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".jpe") || name.endsWith(".jfif");
    }

    /** {@return whether most of the files are JPEGs, so that images are compressed as such} */
    public boolean compresses() {
        return jpeg;
    }

    /** The side of the file that an image becomes, by its identifier, before it is brought to {@code side}. */
    int fileSide(String id, int side) {
        int file = sides[CHOICE.of(id).random().nextInt(sides.length)];
        return Math.min(file, MOST * side);
    }

    /**
     * {@return an image after what a photograph has gone through}
     *
     * @param image a square
     * @param id by which a file is chosen
     * @param side of the result, in pixels
     * @param detour a side that all images of the arm go through; empty for none
     */
    public RgbImage apply(RgbImage image, String id, int side, OptionalInt detour) {
        RgbImage file = resized(image, fileSide(id, side));
        RgbImage decoded = jpeg ? compressed(file) : file;
        return resized(detour.isPresent() ? resized(decoded, detour.getAsInt()) : decoded, side);
    }

    private static RgbImage compressed(RgbImage image) {
        try {
            return ImageDecoder.decode(JpegWriter.encode(image, QUALITY));
        } catch (UnreadableImageException e) {
            throw new IllegalStateException("a JPEG that was written cannot be read", e);
        }
    }

    private static RgbImage resized(RgbImage image, int side) {
        return image.width() == side ? image : Resampler.resize(image, side, side, Filter.BICUBIC);
    }
}
