package org.lesionforge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lesionforge.io.Progress;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;

/** A few phantom lesions, prepared at 16 pixels for a GAN and 75 for a classifier, the least that Inception V3 takes. */
public final class TinyDataset {
    /** A row of {@code images.csv}. */
    public record Row(String id, String label, String part) {}

    private TinyDataset() {}

    /**
     * 20 benign and 12 malignant lesions, some photographed twice, in {@code folder/dataset}.
     *
     * @param more further options of {@code prepare}
     */
    public static Path prepare(Path folder, String... more) throws IOException {
        return prepareAt(folder, "16,75", more);
    }

    /** The same at other sides than 16 and 75. */
    public static Path prepareAt(Path folder, String sizes, String... more) throws IOException {
        Path source = folder.resolve("phantoms");
        Phantoms.write(source, new PhantomOptions(20, 12, 0.1, 80, 3), Progress.SILENT);
        Path dataset = folder.resolve("dataset");
        String[] prepare = {
            "prepare",
            source.toString(),
            "--labels",
            source.resolve("metadata.csv").toString(),
            "--out",
            dataset.toString(),
            "--sizes",
            sizes,
            "--quiet"
        };
        Invocation.of(prepare, more).succeeds();
        return dataset;
    }

    /** The images of a data set, from its table alone. */
    public static List<Row> rows(Path dataset) throws IOException {
        return Files.readAllLines(dataset.resolve("images.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells -> new Row(cells[0], cells[1], cells[3]))
                .toList();
    }
}
