package org.lesionforge.classifier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.lesionforge.data.ImagesAtSide;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.image.ContactSheet;
import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.run.RunLayout.EvidenceMaps;

/**
 * A picture of what a classifier looks at: some images that it got right and wrong, each beside itself with its {@link ActivationMap} laid over
 * it. Rows: positives found, positives missed, false alarms, others left alone; in each the images it was surest of. Places stay white where
 * there are not enough.
 */
public final class ActivationSheet {
    private static final int IN_A_ROW = 3;
    private static final int TILE = 112;
    private static final RgbImage EMPTY = RgbImage.wrap(TILE, TILE, white());

    private ActivationSheet() {}

    /**
     * Writes the sheet as a PNG.
     *
     * @param classifier whose maps are drawn, for its positive class
     * @param images of a part
     * @param predictions of the same classifier, of the same images in their order
     * @param file the PNG to write; its text chunk {@code Description} says what the rows and colours are, others what {@link EvidenceMaps} says
     * @throws IllegalArgumentException when there are not as many predictions as images
     * @throws IOException when the file cannot be written
     */
    public static void write(Classifier classifier, LabelledImages images, Predictions predictions, Path file)
            throws IOException {
        if (predictions.size() != images.size()) {
            throw new IllegalArgumentException(
                    "expected predictions of " + images.size() + " images, got " + predictions.size());
        }
        int positive = predictions.classes().indexOf(classifier.card().positive());
        List<Integer> chosen = new ArrayList<>();
        for (boolean[] row : new boolean[][] {{true, true}, {true, false}, {false, true}, {false, false}}) {
            chosen.addAll(surest(predictions, positive, row[0], row[1]));
        }
        int[] shown = chosen.stream().filter(i -> i >= 0).mapToInt(i -> i).toArray();
        List<ActivationMap> maps = classifier.evidence(images, shown);
        ImagesAtSide seen = images.at(classifier.card().size());
        List<RgbImage> tiles = new ArrayList<>();
        int next = 0;
        for (int i : chosen) {
            RgbImage image = i < 0 ? EMPTY : Resampler.resize(seen.image(i), TILE, TILE, Filter.BICUBIC);
            tiles.add(image);
            tiles.add(i < 0 ? EMPTY : maps.get(next++).over(image));
        }
        Map<String, String> texts = new TreeMap<>();
        texts.put(
                "Description",
                "class activation maps for '" + classifier.card().positive() + "', orange for, blue against;"
                        + " rows: positives found, positives missed, false alarms, others left alone");
        maps.stream()
                .findFirst()
                .map(map -> new EvidenceMaps(classifier.network(), map.side()))
                .ifPresent(each -> texts.putAll(each.texts()));
        PngWriter.write(ContactSheet.of(tiles, 2 * IN_A_ROW, 2), texts, file);
    }

    /** {@link #IN_A_ROW} images, −1 in the places that stay empty. */
    private static List<Integer> surest(Predictions predictions, int positive, boolean isPositive, boolean called) {
        Comparator<Integer> byScore =
                Comparator.comparingDouble(i -> predictions.probabilities()[i][positive]);
        List<Integer> surest = new ArrayList<>(IntStream.range(0, predictions.size())
                .filter(i -> (predictions.truth()[i] == positive) == isPositive)
                .filter(i -> (predictions.predicted(i) == positive) == called)
                .boxed()
                .sorted(called ? byScore.reversed() : byScore)
                .limit(IN_A_ROW)
                .toList());
        surest.addAll(Collections.nCopies(IN_A_ROW - surest.size(), -1));
        return surest;
    }

    private static byte[] white() {
        byte[] pixels = new byte[3 * TILE * TILE];
        Arrays.fill(pixels, (byte) 255);
        return pixels;
    }
}
