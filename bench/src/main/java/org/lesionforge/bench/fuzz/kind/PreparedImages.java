package org.lesionforge.bench.fuzz.kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.Progress;

/** A dozen photographs of a dozen lesions, half of them malignant, with a table of labels. */
final class PreparedImages {
    static final int SIDE = 16;
    static final int COUNT = 12;
    static final String LABELS = "labels.csv";

    private PreparedImages() {}

    static String id(int image) {
        return "image-" + (char) ('a' + image);
    }

    static String label(int image) {
        return image % 2 == 0 ? "benign" : "malignant";
    }

    static String group(int image) {
        return "L" + (image + 1);
    }

    static String table() {
        StringBuilder table = new StringBuilder("image,label,lesion\n");
        for (int i = 0; i < COUNT; i++) {
            table.append(id(i) + "," + label(i) + "," + group(i) + "\n");
        }
        return table.toString();
    }

    /** Pictures and table into {@code source}. */
    static void write(Path source) throws IOException {
        Files.createDirectories(source);
        for (int i = 0; i < COUNT; i++) {
            PngWriter.write(Pictures.phantom(i, SIDE), Map.of(), source.resolve(id(i) + ".png"));
        }
        Files.writeString(source.resolve(LABELS), table());
    }

    static void prepare(Path source, Path dataset) throws IOException {
        LabelColumns columns = LabelColumns.recognised(source.resolve(LABELS))
                .with()
                .id(Optional.of("image"))
                .label(Optional.of("label"))
                .groups(List.of("lesion"))
                .build();
        Preparation.run(
                PreparationOptions.of(source, dataset)
                        .with()
                        .labels(Optional.of(columns))
                        .sizes(List.of(SIDE))
                        .test(0.2)
                        .validation(0.2)
                        .threads(1)
                        .build(),
                Progress.SILENT);
    }
}
