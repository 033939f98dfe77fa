package org.lesionforge.classifier;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.io.Progress;

/** Images that anything able to learn can tell apart: greenish ones and reddish ones, with noise. */
final class ColouredSquares {
    static final int SIDE = 75;

    private ColouredSquares() {}

    /** A prepared data set of classes {@code benign} (green) and {@code malignant} (red), with every part. */
    static Dataset prepare(Path folder, int ofEach) throws IOException {
        return prepare(folder, ofEach, List.of(SIDE));
    }

    /** The same at other sides, in pixels. */
    static Dataset prepare(Path folder, int ofEach, List<Integer> sides) throws IOException {
        Path source = folder.resolve("source");
        for (int i = 0; i < ofEach; i++) {
            write(source.resolve("benign").resolve("b" + i + ".png"), false, 90, i);
            write(source.resolve("malignant").resolve("m" + i + ".png"), true, 90, i);
        }
        Path out = folder.resolve("dataset");
        Preparation.run(
                PreparationOptions.of(source, out)
                        .with()
                        .sizes(sides)
                        .test(0.25)
                        .validation(0.25)
                        .threads(1)
                        .build(),
                Progress.SILENT);
        return Dataset.open(out);
    }

    static void write(Path file, boolean red, int side, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed + (red ? 1000 : 0));
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int strong = 150 + random.nextInt(80);
                int weak = 40 + random.nextInt(80);
                image.setRGB(x, y, (red ? strong : weak) << 16 | (red ? weak : strong) << 8 | random.nextInt(100));
            }
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
