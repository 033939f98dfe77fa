package org.lesionforge.classifier;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.PredictionsTable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.ClassificationEvaluation;

/**
 * What a classifier says of some images.
 *
 * @param classes names in the order of the probabilities
 * @param ids one per image
 * @param groups one per image: images of one group (patient, lesion) are not independent; an image's own id where no group is known
 * @param truth one class index per image, or {@link #UNKNOWN}
 * @param probabilities n × classes; each row adds up to 1
 */
public record Predictions(
        List<String> classes, List<String> ids, List<String> groups, int[] truth, double[][] probabilities) {
    /** The truth of an image whose class nobody has told. */
    public static final int UNKNOWN = PredictionsTable.UNKNOWN;

    /**
     * Checks that there is as much of each for every image.
     *
     * @param classes names in the order of the probabilities
     * @param ids n, one per image
     * @param groups n, one per image
     * @param truth n class indices, or {@link #UNKNOWN}
     * @param probabilities n × classes; each row adds up to 1, which is not checked here
     * @throws IllegalArgumentException when there are not n groups, truths and rows
     */
    public Predictions {
        int n = ids.size();
        if (groups.size() != n || truth.length != n || probabilities.length != n) {
            throw new IllegalArgumentException("expected " + n + " groups, truths and rows of probabilities, got "
                    + groups.size() + ", " + truth.length + " and " + probabilities.length);
        }
    }

    static Predictions of(LabelledImages images, double[][] probabilities) {
        List<String> ids =
                IntStream.range(0, images.size()).mapToObj(images::id).toList();
        List<String> groups = images instanceof HeldOutPart part
                ? IntStream.range(0, images.size()).mapToObj(part::group).toList()
                : ids;
        return new Predictions(images.classes(), ids, groups, labels(images), probabilities);
    }

    static int[] labels(LabelledImages images) {
        return IntStream.range(0, images.size()).map(images::label).toArray();
    }

    /** One after the other; both of the same classes. */
    Predictions plus(Predictions more) {
        List<String> allIds = new ArrayList<>(ids);
        allIds.addAll(more.ids);
        List<String> allGroups = new ArrayList<>(groups);
        allGroups.addAll(more.groups);
        int[] allTruth = Arrays.copyOf(truth, truth.length + more.truth.length);
        System.arraycopy(more.truth, 0, allTruth, truth.length, more.truth.length);
        double[][] allProbabilities = Arrays.copyOf(probabilities, allTruth.length);
        System.arraycopy(more.probabilities, 0, allProbabilities, truth.length, more.probabilities.length);
        return new Predictions(classes, allIds, allGroups, allTruth, allProbabilities);
    }

    /** {@return the number of images} */
    public int size() {
        return ids.size();
    }

    /**
     * {@return the index of an image's most probable class; of equally probable ones the first}
     *
     * @param i index of the image, from 0
     */
    public int predicted(int i) {
        return ClassificationEvaluation.mostProbable(probabilities[i]);
    }

    /**
     * Compares with the truth.
     *
     * @param positive the class whose probability is the score for ROC AUC and the Brier score
     * @return all figures; those that these images leave undefined are {@code NaN}
     * @throws IllegalArgumentException when the class of an image is unknown, or {@code positive} is not among the classes
     */
    public ClassificationEvaluation evaluation(String positive) {
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] == UNKNOWN) {
                throw new IllegalArgumentException(
                        "the class of '" + ids.get(i) + "' is unknown; nothing to compare with");
            }
        }
        return ClassificationEvaluation.of(truth, probabilities, classes, positive);
    }

    /** {@return the index of the most probable class of every image; of equally probable ones the first} */
    public int[] predicted() {
        return IntStream.range(0, size()).map(this::predicted).toArray();
    }

    /**
     * {@return the predictions in a table that {@link #writeCsv(Path)} wrote, or one like it}
     *
     * @param file a CSV file with the columns of {@link #writeCsv(Path)}
     * @throws UnusableInputException when it is not such a table, with the first invalid line, or holds no prediction
     */
    public static Predictions readCsv(Path file) {
        PredictionsTable table = PredictionsTable.read(file);
        return new Predictions(table.classes(), table.ids(), table.groups(), table.truth(), table.probabilities());
    }

    /**
     * Columns {@code id,group,truth,prediction,p_<class>…}; an unknown truth is empty, probabilities have eight
     * decimals.
     *
     * @param file to write, in UTF-8; one of this name is replaced
     * @throws IOException as of {@link #writeCsv(Writer)}, and when the file cannot be made
     */
    public void writeCsv(Path file) throws IOException {
        AtomicFile.write(file, out -> writeCsv(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
    }

    /**
     * As {@link #writeCsv(Path)}; the writer is flushed and left open.
     *
     * @param writer receives the table
     * @throws IOException when the last lines cannot be written; for earlier ones it comes as a
     *     {@link java.io.UncheckedIOException}
     */
    public void writeCsv(Writer writer) throws IOException {
        CsvWriter csv = CsvWriter.builder().build(writer);
        csv.writeRecord(PredictionsTable.header(classes));
        for (int i = 0; i < size(); i++) {
            List<String> line = new ArrayList<>(List.of(
                    ids.get(i),
                    groups.get(i),
                    truth[i] == UNKNOWN ? "" : classes.get(truth[i]),
                    classes.get(predicted(i))));
            for (double probability : probabilities[i]) {
                line.add(String.format(Locale.ROOT, "%.8f", probability));
            }
            csv.writeRecord(line);
        }
        csv.flush();
    }
}
