package org.lesionforge.bench.fuzz.kind;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Sha256;
import org.lesionforge.phantom.PhantomLesion;
import org.lesionforge.phantom.Phantoms;

/** Small synthetic photographs. */
final class Pictures {
    private Pictures() {}

    static RgbImage phantom(long seed, int side) {
        return Phantoms.draw(PhantomLesion.of(seed % 2 == 1, seed), seed, side);
    }

    /** @param type of {@link BufferedImage} */
    static BufferedImage buffered(long seed, int side, int type) {
        RgbImage phantom = phantom(seed, side);
        BufferedImage colours = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                colours.setRGB(
                        x, y, phantom.value(x, y, 0) << 16 | phantom.value(x, y, 1) << 8 | phantom.value(x, y, 2));
            }
        }
        BufferedImage image = new BufferedImage(side, side, type);
        Graphics2D graphics = image.createGraphics();
        graphics.drawImage(colours, 0, 0, null);
        graphics.dispose();
        return image;
    }

    /** A text that is equal only for equal pixels. */
    static String value(RgbImage image) {
        return image.width() + "x" + image.height() + " "
                + Sha256.of(image.pixels()).substring(0, 16);
    }
}
