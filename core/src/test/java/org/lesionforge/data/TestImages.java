package org.lesionforge.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small image files for tests. */
public final class TestImages {
    private TestImages() {}

    /** A PNG or JPEG of one colour with some noise; the same seed gives the same pixels. */
    public static Path write(Path file, int width, int height, long seed) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(seed);
        int colour = random.nextInt(0x1000000) & 0xF0F0F0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour + (random.nextInt() & 0x0F0F0F));
            }
        }
        Files.createDirectories(file.getParent());
        String name = file.getFileName().toString();
        if (!ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile())) {
            throw new IOException("no writer for " + file);
        }
        return file;
    }

    /** {@code count} PNG files 12×10 named {@code <name>0.png}, … */
    public static void writeMany(Path folder, String name, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            write(folder.resolve(name + i + ".png"), 12, 10, name.hashCode() * 1000L + i);
        }
    }
}
