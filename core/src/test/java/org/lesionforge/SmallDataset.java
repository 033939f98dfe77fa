package org.lesionforge;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.io.Progress;

/** A prepared data set whose every row the test decides, of 16×16 noise. */
public final class SmallDataset {
    private SmallDataset() {}

    /**
     * @param rows {@code id,label,group,part}
     * @return in {@code folder/dataset}
     */
    public static Dataset prepare(Path folder, List<String> rows) throws IOException {
        return prepare(folder, rows, "png");
    }

    /**
     * @param rows {@code id,label,group,part}
     * @param format of the files: {@code png} or {@code jpg}
     * @return in {@code folder/dataset}
     */
    public static Dataset prepare(Path folder, List<String> rows, String format) throws IOException {
        return prepare(folder, rows, format, 16);
    }

    /**
     * @param rows {@code id,label,group,part}
     * @param format of the files: {@code png} or {@code jpg}
     * @param sizes of the prepared images
     * @return in {@code folder/dataset}
     */
    public static Dataset prepare(Path folder, List<String> rows, String format, Integer... sizes) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Path labels = source.resolve("labels.csv");
        Files.writeString(labels, "id,label,group,part\n" + String.join("\n", rows) + "\n");
        for (String row : rows) {
            String id = row.substring(0, row.indexOf(','));
            BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
            SplittableRandom random = new SplittableRandom(id.hashCode());
            for (int i = 0; i < 256; i++) {
                image.setRGB(i % 16, i / 16, random.nextInt(1 << 24));
            }
            ImageIO.write(image, format, source.resolve(id + "." + format).toFile());
        }
        Path out = folder.resolve("dataset");
        LabelColumns columns = LabelColumns.recognised(labels)
                .with()
                .id(Optional.of("id"))
                .label(Optional.of("label"))
                .groups(List.of("group"))
                .part(Optional.of("part"))
                .build();
        Preparation.run(
                PreparationOptions.of(source, out)
                        .with()
                        .labels(Optional.of(columns))
                        .sizes(List.of(sizes))
                        .test(0)
                        .validation(0)
                        .threads(1)
                        .build(),
                Progress.SILENT);
        return Dataset.open(out);
    }
}
