package org.lesionforge.image.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.lesionforge.image.ReducedImage;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.jpeg.JpegHeader;
import org.lesionforge.image.jpeg.JpegWalk;

/**
 * Decodes JPEG files that are whole: those of {@linkplain JpegHeader#usual usual} kinds by libjpeg-turbo, all else by Java, which is several
 * times as slow.
 */
final class JpegFile {
    private static final int MAX_REDUCTION = 8;

    /** How libjpeg's warnings about coded data begin; those about headers and profiles begin differently. */
    private static final List<String> DAMAGE =
            List.of("Corrupt JPEG data", "Premature end of JPEG file", "Inconsistent progression");

    private JpegFile() {}

    /**
     * @param enough pixels of the shorter side, at least
     * @return upright
     * @throws UnreadableImageException when the file is damaged or truncated, or of a kind that cannot be read
     */
    static ReducedImage decode(byte[] file, double enough) throws UnreadableImageException {
        int orientation = Orientation.ofJpeg(file);
        Optional<JpegHeader> header = JpegHeader.of(file);
        if (header.isPresent()) {
            PixelCount.requireFew(header.get().width(), header.get().height());
        }
        JpegWalk walk = JpegWalk.of(file);
        if (header.isPresent() && header.get().usual() && walk.complete() && walk.regular()) {
            int width = header.get().width();
            int height = header.get().height();
            // Turning a reduced image would move its partial edge pixels to the wrong side.
            int reduction = orientation == Orientation.UPRIGHT ? reduction(Math.min(width, height), enough) : 1;
            Optional<RgbImage> stored = TurboJpeg.decode(file, walk.end(), reduction);
            if (stored.isPresent()) {
                return reduction == 1
                        ? ReducedImage.whole(Orientation.apply(stored.get(), orientation))
                        : new ReducedImage(stored.get(), reduction, width, height);
            }
        }
        return ReducedImage.whole(Orientation.apply(decodeByJava(file, walk), orientation));
    }

    private static int reduction(int shorter, double enough) {
        int reduction = 1;
        while (reduction < MAX_REDUCTION && shorter >= enough * reduction * 2) {
            reduction *= 2;
        }
        return reduction;
    }

    private static RgbImage decodeByJava(byte[] file, JpegWalk walk) throws UnreadableImageException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((IIOReadWarningListener) (source, warning) -> warnings.add(warning));
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(input, true, true);
            PixelCount.requireFew(reader.getWidth(0), reader.getHeight(0));
            RgbImage image = RgbPixels.of(reader.read(0));
            if (!walk.complete()) {
                requireNoDamage(warnings);
            }
            return image;
        } catch (IOException | RuntimeException e) {
            // On damaged input the codec throws all kinds of unchecked exceptions, too.
            throw new UnreadableImageException("damaged JPEG: " + ImageDecoder.reason(e), e);
        } finally {
            reader.dispose();
        }
    }

    private static void requireNoDamage(List<String> warnings) throws UnreadableImageException {
        for (String warning : warnings) {
            if (DAMAGE.stream().anyMatch(warning::startsWith)) {
                throw new UnreadableImageException("damaged JPEG: " + warning);
            }
        }
    }
}
