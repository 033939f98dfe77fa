package org.lesionforge.duplicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.lesionforge.data.phantom.PhantomLesion;
import org.lesionforge.data.phantom.Phantoms;
import org.lesionforge.image.Filter;
import org.lesionforge.image.ImageDecoder;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Progress;

class NearDuplicateTest {
    private static final int SIDE = 128;

    private static RgbImage phantom(int lesion, long photograph) {
        return Phantoms.draw(PhantomLesion.of(lesion % 2 == 0, 100 + lesion), photograph, SIDE);
    }

    /** Independent of the code under test: a pixel of the result is fetched, not sent. */
    private static RgbImage laidOver(RgbImage image, boolean mirror, int quarterTurns) {
        int n = image.width();
        byte[] pixels = new byte[3 * n * n];
        for (int y = 0; y < n; y++) {
            for (int x = 0; x < n; x++) {
                int sx = mirror ? n - 1 - x : x;
                int sy = y;
                for (int turn = 0; turn < quarterTurns; turn++) {
                    int before = sx;
                    sx = n - 1 - sy;
                    sy = before;
                }
                for (int c = 0; c < 3; c++) {
                    pixels[3 * (y * n + x) + c] = (byte) image.value(sx, sy, c);
                }
            }
        }
        return RgbImage.wrap(n, n, pixels);
    }

    private static RgbImage cropped(RgbImage image, double share, double right, double down) {
        double cut = share * image.width();
        double left = right * cut;
        double top = down * cut;
        double side = image.width() - cut;
        return Resampler.resize(
                image, new Resampler.Region(left, top, left + side, top + side), SIDE, SIDE, Filter.BICUBIC);
    }

    private static RgbImage jpeg(RgbImage image, float quality) throws Exception {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                buffered.setRGB(x, y, image.value(x, y, 0) << 16 | image.value(x, y, 1) << 8 | image.value(x, y, 2));
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(quality);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.setOutput(ImageIO.createImageOutputStream(bytes));
        try {
            writer.write(null, new IIOImage(buffered, null, null), how);
            ((javax.imageio.stream.ImageOutputStream) writer.getOutput()).flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            writer.dispose();
        }
        return ImageDecoder.decode(bytes.toByteArray());
    }

    private static RgbImage brighter(RgbImage image, double factor) {
        byte[] pixels = image.pixels().clone();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.min(255, (pixels[i] & 0xFF) * factor);
        }
        return RgbImage.wrap(image.width(), image.height(), pixels);
    }

    private static List<NearDuplicate> among(List<RgbImage> images) {
        return NearDuplicate.among(images.stream().map(Thumbnail::of).toList(), Progress.SILENT);
    }

    @Test
    void findsEachKindOfCopyAndSaysHowItLies() throws Exception {
        RgbImage image = phantom(0, 1);
        List<RgbImage> copies = List.of(
                image,
                jpeg(image, 0.4f),
                Resampler.resize(image, 50, 50, Filter.BILINEAR),
                laidOver(image, true, 0),
                laidOver(image, false, 1),
                laidOver(image, true, 1),
                cropped(image, 0.1, 0, 1),
                brighter(image, 1.1));
        List<String> expected = List.of(
                "same frame",
                "same frame",
                "same frame",
                "mirrored",
                "turned",
                "turned and mirrored",
                "90 % of the frame",
                "same frame");
        for (int i = 0; i < copies.size(); i++) {
            List<NearDuplicate> found = among(List.of(image, phantom(1, 1), copies.get(i)));
            assertEquals(1, found.size(), expected.get(i));
            assertEquals(0, found.get(0).a());
            assertEquals(2, found.get(0).b());
            assertEquals(expected.get(i), found.get(0).how());
        }
    }

    /** Copies changed in every way at once, by random amounts. */
    @Test
    void findsAllPlantedCopiesAndNothingElse() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        int lesions = 40;
        List<RgbImage> images = new ArrayList<>();
        for (int i = 0; i < lesions; i++) {
            images.add(phantom(i, 1));
        }
        for (int i = 0; i < lesions; i++) {
            RgbImage copy = laidOver(images.get(i), random.nextInt(2) == 1, random.nextInt(4));
            copy = cropped(copy, 0.1 * random.nextDouble(), random.nextDouble(), random.nextDouble());
            int side = 80 + random.nextInt(120);
            copy = Resampler.resize(copy, side, side, Filter.BICUBIC);
            images.add(jpeg(brighter(copy, 0.9 + 0.2 * random.nextDouble()), 0.4f + 0.5f * random.nextInt(100) / 100));
        }
        // Two photographs of one lesion are no copies of each other.
        for (int i = 0; i < lesions; i++) {
            images.add(phantom(i, 2));
        }
        List<NearDuplicate> found = among(images);
        for (int i = 0; i < lesions; i++) {
            int original = i;
            assertTrue(
                    found.stream().anyMatch(pair -> pair.a() == original && pair.b() == original + lesions),
                    "the copy of image " + i);
        }
        assertEquals(lesions, found.size(), () -> "false alarms among " + found);
        assertTrue(found.stream().allMatch(pair -> pair.similarity() >= 0.95 && pair.similarity() <= 1.0000001));
    }

    @Test
    void seesNothingInImagesWithoutDetail() {
        byte[] grey = new byte[3 * 64 * 64];
        RgbImage flat = RgbImage.wrap(64, 64, grey);
        assertEquals(List.of(), among(List.of(flat, flat)));
    }
}
