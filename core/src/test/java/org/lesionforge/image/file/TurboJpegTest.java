package org.lesionforge.image.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SharedFolder;
import org.lesionforge.image.ReducedImage;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.jpeg.JpegFiles;
import org.lesionforge.image.jpeg.JpegHeader;
import org.lesionforge.io.Sha256;

class TurboJpegTest {
    @TempDir
    Path folder;

    /** A lesion-like picture: a dark blot with hair-thin lines on a shaded ground, and noise. */
    private static BufferedImage picture(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(width * 31L + height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double distance = Math.hypot(x - 0.4 * width, y - 0.55 * height) / Math.min(width, height);
                double light = distance < 0.25 ? 90 : 190 + 40.0 * x / width;
                light -= (x + 2 * y) % 97 < 2 ? 60 : 0;
                int red = clip(light + 6 * random.nextGaussian());
                int green = clip(0.8 * light + 6 * random.nextGaussian());
                int blue = clip(0.7 * light + 6 * random.nextGaussian());
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    private static int clip(double value) {
        return (int) Math.max(0, Math.min(255, value));
    }

    private static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0.92f);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static RgbImage byJava(byte[] file) throws IOException, UnreadableImageException {
        return RgbPixels.of(ImageIO.read(new ByteArrayInputStream(file)));
    }

    @Test
    void pixelsAreThoseOfJavasDecoder() throws Exception {
        for (int[] size : new int[][] {{64, 48}, {61, 47}, {1, 1}, {8, 3}, {130, 17}}) {
            for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY}) {
                byte[] file = jpeg(picture(size[0], size[1], type), false);
                assertTrue(JpegHeader.of(file).orElseThrow().usual());
                RgbImage turbo = TurboJpeg.decode(file, file.length, 1).orElseThrow();
                assertEquals(size[0], turbo.width());
                assertEquals(size[1], turbo.height());
                assertArrayEquals(byJava(file).pixels(), turbo.pixels(), Arrays.toString(size) + type);
            }
        }
    }

    @Test
    void everyWholeFileIsDecodedAtEverySize() throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < 100; i++) {
            int width = 1 + random.nextInt(90);
            int height = 1 + random.nextInt(90);
            int type = i % 2 == 0 ? BufferedImage.TYPE_3BYTE_BGR : BufferedImage.TYPE_BYTE_GRAY;
            byte[] file = jpeg(picture(width, height, type), false);
            for (int reduction : new int[] {1, 2, 4, 8}) {
                RgbImage image = TurboJpeg.decode(file, file.length, reduction).orElseThrow();
                assertEquals((width + reduction - 1) / reduction, image.width());
                assertEquals((height + reduction - 1) / reduction, image.height());
            }
        }
    }

    /** The hashes are Pillow 9.4's: {@code hashlib.sha256(Image.open(file).convert("RGB").tobytes()).hexdigest()}. */
    @Test
    void pixelsAreThoseOfPillow() throws Exception {
        Path data = SharedFolder.require().resolve("data");
        Map<String, String> hashes = Map.of(
                "ham10000_224/benign/ISIC_0024306.jpg",
                "229a50408b5ea85ddcb4977813c036ad53258e383225b5b52d0047b7d2025573",
                "ham10000_224/benign/ISIC_0034181.jpg",
                "f39cd65b0c58513c41554d863c10aaaa954543ed7e6e5bc7b773c52e18b11915",
                "isic2017_256/train/benign/ISIC_0009915.jpg",
                "c0679c0952c339ca5db2ec787cea75eb7189d286f4f578a5520f7c5bdf6a22c9",
                "isic2017_256/train/malignant/ISIC_0015005.jpg",
                "ab5736129255a20f0e3df370d5507c6b97eea9ac0f117944dedab6ce7a9592e1");
        for (Map.Entry<String, String> hash : hashes.entrySet()) {
            byte[] pixels = ImageDecoder.read(data.resolve(hash.getKey())).pixels();
            assertEquals(hash.getValue(), Sha256.of(pixels), hash.getKey());
        }
    }

    /** The same after Pillow 12.3's {@code image.draft("RGB", (112, 112))} and so on. */
    @Test
    void reducedPixelsAreThoseOfPillow() throws Exception {
        Path photograph = SharedFolder.require().resolve("data/ham10000_224/benign/ISIC_0024306.jpg");
        Map<Integer, String> hashes = Map.of(
                2, "078d7da61d2d26829306bf6278add8491b1626aa9a1e626d4414157104797261",
                4, "48a4ad49752809fd91bb87e47665cef9568b957863b88ef623ba76360e048dc6",
                8, "9f7acd90bc5180323141717cbfcd6a3740be927d8881fd6454022987cd4773c7");
        for (Map.Entry<Integer, String> hash : hashes.entrySet()) {
            byte[] file = Files.readAllBytes(photograph);
            RgbImage image = TurboJpeg.decode(file, file.length, hash.getKey()).orElseThrow();
            assertEquals(hash.getValue(), Sha256.of(image.pixels()), "at a " + hash.getKey() + "th");
        }
    }

    @Test
    void aLargeJpegIsReadAtTheSmallestSizeThatIsLargeEnough() throws Exception {
        Path file = folder.resolve("large.jpg");
        Files.write(file, jpeg(picture(1000, 801, BufferedImage.TYPE_3BYTE_BGR), false));
        // 801 / 2 is at least 1.4 × 286 = 400.4, and not at least 1.4 × 287.
        assertReading(1, 1000, 801, ImageDecoder.readFor(287, file));
        assertReading(2, 500, 401, ImageDecoder.readFor(286, file));
        assertReading(4, 250, 201, ImageDecoder.readFor(143, file));
        assertReading(8, 125, 101, ImageDecoder.readFor(71, file));
        assertReading(8, 125, 101, ImageDecoder.readFor(1, file));
        assertEquals(1000, ImageDecoder.read(file).width());

        Path png = folder.resolve("large.png");
        ImageIO.write(picture(1000, 801, BufferedImage.TYPE_3BYTE_BGR), "png", png.toFile());
        assertReading(1, 1000, 801, ImageDecoder.readFor(8, png));
    }

    private static void assertReading(int reduction, int width, int height, ReducedImage actual) {
        assertEquals(reduction, actual.reduction());
        assertEquals(width, actual.image().width());
        assertEquals(height, actual.image().height());
        assertEquals(1000, actual.width());
        assertEquals(801, actual.height());
    }

    /** The tolerance that the guide states for sharp pictures, at sides that do not divide by the reduction. */
    @Test
    void aReducedReadingIsResampledToNearlyTheSamePixels() throws Exception {
        Path file = folder.resolve("sharp.jpg");
        for (int[] size : new int[][] {{901, 903}, {1207, 905}, {905, 1207}}) {
            Files.write(file, jpeg(picture(size[0], size[1], BufferedImage.TYPE_3BYTE_BGR), false));
            RgbImage whole = ImageDecoder.read(file);
            for (Fit fit : Fit.values()) {
                for (int side : new int[] {300, 150, 64}) {
                    ReducedImage reduced = ImageDecoder.readFor(side, file);
                    assertTrue(reduced.reduction() > 1);
                    assertNearlyEqual(
                            fit.apply(whole, side),
                            fit.apply(reduced, side),
                            fit + " " + Arrays.toString(size) + " to " + side);
                }
            }
        }
    }

    /** The same tolerance where a size is made of the next larger one, not of the picture. */
    @Test
    void aSizeMadeOfTheNextLargerOneHasNearlyTheSamePixels() throws Exception {
        for (int[] size : new int[][] {{450, 450}, {600, 407}, {301, 520}}) {
            RgbImage whole = RgbPixels.of(picture(size[0], size[1], BufferedImage.TYPE_3BYTE_BGR));
            for (Fit fit : Fit.values()) {
                List<RgbImage> squares = fit.apply(ReducedImage.whole(whole), List.of(64, 299, 224));
                assertArrayEquals(
                        fit.apply(whole, 299).pixels(), squares.get(1).pixels(), "the largest is of the picture");
                assertArrayEquals(fit.apply(whole, 224).pixels(), squares.get(2).pixels(), "299 is no 1.4 × 224");
                RgbImage direct = fit.apply(whole, 64);
                assertNearlyEqual(direct, squares.get(0), fit + " " + Arrays.toString(size));
                assertFalse(Arrays.equals(direct.pixels(), squares.get(0).pixels()), "made of 224");
            }
        }
        RgbImage small = RgbPixels.of(picture(280, 260, BufferedImage.TYPE_3BYTE_BGR));
        List<RgbImage> squares = Fit.CROP.apply(ReducedImage.whole(small), List.of(64, 299));
        assertArrayEquals(
                Fit.CROP.apply(small, 64).pixels(), squares.get(0).pixels(), "an enlarged picture serves nothing");
    }

    private static void assertNearlyEqual(RgbImage expected, RgbImage actual, String what) {
        assertEquals(expected.width(), actual.width(), what);
        assertEquals(expected.height(), actual.height(), what);
        double sum = 0;
        for (int i = 0; i < expected.pixels().length; i++) {
            sum += Math.abs((expected.pixels()[i] & 0xFF) - (actual.pixels()[i] & 0xFF));
        }
        double mean = sum / expected.pixels().length;
        assertTrue(mean < 1, what + ": off by " + mean);
    }

    @Test
    void headersTellWhatIsUsual() throws IOException {
        byte[] colour = jpeg(picture(16, 8, BufferedImage.TYPE_3BYTE_BGR), false);
        JpegHeader header = JpegHeader.of(colour).orElseThrow();
        assertEquals(new JpegHeader(16, 8, true), header);
        int frame = indexOfFrame(colour);
        assertFalse(JpegHeader.of(changed(colour, frame + 4, 12)).orElseThrow().usual(), "12 bits");
        assertFalse(JpegHeader.of(changed(colour, frame + 9, 4)).isPresent(), "four components do not fit in");
        assertFalse(JpegHeader.of(changed(colour, frame + 1, 0xC9)).isPresent(), "arithmetic coding");
        assertFalse(JpegHeader.of(changed(colour, frame + 1, 0xC3)).isPresent(), "lossless");
        assertFalse(JpegHeader.of(Arrays.copyOf(colour, frame + 8)).isPresent(), "cut");
        int version = JpegFiles.indexOf(colour, 0xE0, 1, 2) + 9;
        assertFalse(JpegHeader.of(changed(colour, version, 2)).orElseThrow().usual(), "a later version of JFIF");
    }

    private static int indexOfFrame(byte[] file) {
        for (int i = 2; ; i++) {
            if (file[i] == (byte) 0xFF && file[i + 1] == (byte) 0xC0) {
                return i;
            }
        }
    }

    private static byte[] changed(byte[] file, int at, int value) {
        byte[] copy = file.clone();
        copy[at] = (byte) value;
        return copy;
    }
}
