package org.lesionforge.image.jpeg;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** JPEG files of all kinds, written by Java's encoder (libjpeg), and byte surgery on them. */
public final class JpegFiles {
    private static final String NATIVE = "javax_imageio_jpeg_image_1.0";

    private JpegFiles() {}

    /** By name: baseline without subsampling, 4:2:0, progressive, restart markers, gray, CMYK, EXIF. */
    static Map<String, byte[]> sevenKinds() throws IOException {
        Map<String, byte[]> kinds = new LinkedHashMap<>();
        BufferedImage colour = picture(45, 38, BufferedImage.TYPE_3BYTE_BGR);
        kinds.put("baseline", written(colour, false, 1, 0));
        kinds.put("4:2:0", written(colour, false, 2, 0));
        kinds.put("progressive", written(colour, true, 2, 0));
        kinds.put("restart markers", written(colour, false, 2, 2));
        kinds.put("gray", written(picture(45, 38, BufferedImage.TYPE_BYTE_GRAY), false, 1, 0));
        kinds.put("CMYK", cmyk());
        kinds.put("EXIF", inserted(kinds.get("4:2:0"), 2, hex("ffe1000e457869660000 4d4d002a 0008")));
        return kinds;
    }

    /** A dark blot on a shaded ground, and noise. */
    static BufferedImage picture(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(width * 31L + height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double distance = Math.hypot(x - 0.4 * width, y - 0.55 * height) / Math.min(width, height);
                double light = (distance < 0.25 ? 90 : 180 + 40.0 * x / width) + 4 * random.nextGaussian();
                int gray = (int) light;
                image.setRGB(x, y, (gray << 16) | ((gray * 4 / 5) << 8) | (gray * 2 / 3));
            }
        }
        return image;
    }

    /**
     * @param sampling how many times as wide and as high the samples of brightness are as those of colour
     * @param interval units between restart markers; 0 without
     */
    static byte[] written(BufferedImage image, boolean progressive, int sampling, int interval) throws IOException {
        ImageWriter writer = javasWriter();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
            IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(NATIVE);
            IIOMetadataNode sequence = (IIOMetadataNode)
                    root.getElementsByTagName("markerSequence").item(0);
            IIOMetadataNode first =
                    (IIOMetadataNode) root.getElementsByTagName("componentSpec").item(0);
            first.setAttribute("HsamplingFactor", String.valueOf(sampling));
            first.setAttribute("VsamplingFactor", String.valueOf(sampling));
            if (interval > 0) {
                IIOMetadataNode dri = new IIOMetadataNode("dri");
                dri.setAttribute("interval", String.valueOf(interval));
                sequence.insertBefore(dri, root.getElementsByTagName("sof").item(0));
            }
            metadata.setFromTree(NATIVE, root);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, metadata), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static byte[] cmyk() throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 32, 24, 4, null);
        Random random = new Random(4);
        for (int i = 0; i < 32 * 24 * 4; i++) {
            raster.setSample(i / 4 % 32, i / 128, i % 4, 120 + 8 * (i % 4) + random.nextInt(20));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = javasWriter();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        return inserted(out.toByteArray(), 2, hex("ffee000e41646f62650064000000000000"));
    }

    private static ImageWriter javasWriter() {
        Iterator<ImageWriter> writers =
                ImageIO.getImageWriters(ImageTypeSpecifier.createFromBufferedImageType(1), "jpeg");
        while (true) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getName().startsWith("com.sun.")) {
                return writer;
            }
            writer.dispose();
        }
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** Bits of 0 and 1 as bytes, filled up with ones, with zeros stuffed in. */
    static byte[] packed(String bits) {
        String all = bits.replace(" ", "");
        String filled = all + "1".repeat((8 - all.length() % 8) % 8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < filled.length(); i += 8) {
            int value = Integer.parseInt(filled.substring(i, i + 8), 2);
            bytes.write(value);
            if (value == 0xFF) {
                bytes.write(0);
            }
        }
        return bytes.toByteArray();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] inserted(byte[] file, int at, byte[] bytes) {
        return joined(Arrays.copyOf(file, at), bytes, Arrays.copyOfRange(file, at, file.length));
    }

    static byte[] without(byte[] file, int at, int length) {
        return joined(Arrays.copyOf(file, at), Arrays.copyOfRange(file, at + length, file.length));
    }

    /** Where the marker stands for the {@code nth} time, from 1, behind {@code from}. */
    public static int indexOf(byte[] file, int marker, int nth, int from) {
        int found = 0;
        for (int i = from; i < file.length - 1; i++) {
            if (file[i] == (byte) 0xFF && (file[i + 1] & 0xFF) == marker && ++found == nth) {
                return i;
            }
        }
        throw new AssertionError("no marker " + Integer.toHexString(marker));
    }

    /** Where the first scan's codes begin. */
    static int data(byte[] file) {
        int scan = indexOf(file, 0xDA, 1, 2);
        return scan + 2 + (((file[scan + 2] & 0xFF) << 8) | (file[scan + 3] & 0xFF));
    }
}
