package org.lesionforge.bench.fuzz.reference;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** The verdict of libjpeg 6b, which is part of the JDK. The program itself decodes with libjpeg-turbo. */
public final class JpegReference {
    /** Warnings about header fields that no decoder uses. */
    private static final List<String> HARMLESS =
            List.of("unknown JFIF revision", "Invalid SOS parameters for sequential JPEG");

    private JpegReference() {}

    /** @throws DamagedException with libjpeg's first warning or its error */
    public static void check(byte[] file) throws DamagedException, IOException {
        ImageReader reader = reader();
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            reader.readRaster(0, null);
        } catch (IOException | RuntimeException e) {
            throw new DamagedException("libjpeg: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
        warnings.removeIf(warning -> HARMLESS.stream().anyMatch(warning::contains));
        if (!warnings.isEmpty()) {
            throw new DamagedException("libjpeg warns: " + warnings.get(0));
        }
    }

    /** The JDK's own, whatever else is registered. */
    private static ImageReader reader() {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getModule() == ImageIO.class.getModule()) {
                return reader;
            }
        }
        throw new IllegalStateException("this JDK has no reader for JPEG");
    }
}
