package org.lesionforge.classifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.SquareImages;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.Fit;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.io.Progress;

/**
 * What a classifier says of image files.
 *
 * @param predictions one row per readable file
 * @param skipped images that are not readable
 * @param otherFiles files that are not images and do not claim to be
 */
public record FilePredictions(Predictions predictions, List<SkippedFile> skipped, int otherFiles) {
    /** Files decoded before they are looked at together, so that memory does not depend on how many there are. */
    private static final int CHUNK = 64;

    private static final String TASK = "classifying";

    /** @param image empty when the file is not readable */
    private record Decoded(ImageFiles.Entry entry, Optional<RgbImage> image, String reason) {}

    static FilePredictions of(Classifier classifier, ImageFiles files, Progress progress) {
        ModelCard card = classifier.card();
        Predictions predictions = new Predictions(card.classes(), List.of(), List.of(), new int[0], new double[0][]);
        List<SkippedFile> skipped = new ArrayList<>(files.skipped());
        files.notes().forEach(progress::message);
        for (int first = 0; first < files.entries().size(); first += CHUNK) {
            progress.cancellation()
                    .throwIfRequested(TASK, first, files.entries().size());
            int end = Math.min(first + CHUNK, files.entries().size());
            List<Decoded> chunk = files.entries().subList(first, end).parallelStream()
                    .map(entry -> decode(entry, card.fit(), card.size()))
                    .toList();
            chunk.stream()
                    .filter(file -> file.image().isEmpty())
                    .forEach(file -> skipped.add(new SkippedFile(file.entry().id(), file.reason())));
            List<Decoded> readable =
                    chunk.stream().filter(file -> file.image().isPresent()).toList();
            if (!readable.isEmpty()) {
                double[][] probabilities = classifier.probabilities(images(readable, card.size()), Progress.SILENT);
                predictions = predictions.plus(predictions(card, readable, probabilities));
            }
            progress.advance(TASK, end, files.entries().size(), "");
        }
        return new FilePredictions(predictions, skipped, files.otherFiles());
    }

    private static Decoded decode(ImageFiles.Entry entry, Fit fit, int side) {
        try {
            return new Decoded(entry, Optional.of(fit.apply(ImageDecoder.readFor(side, entry.path()), side)), "");
        } catch (UnreadableImageException e) {
            return new Decoded(entry, Optional.empty(), e.getMessage());
        }
    }

    private static Predictions predictions(ModelCard card, List<Decoded> files, double[][] probabilities) {
        List<String> ids = files.stream().map(file -> file.entry().id()).toList();
        int[] truth = files.stream().mapToInt(file -> file.entry().truth()).toArray();
        return new Predictions(card.classes(), ids, ids, truth, probabilities);
    }

    private static SquareImages images(List<Decoded> files, int side) {
        return new SquareImages() {
            @Override
            public int size() {
                return files.size();
            }

            @Override
            public int side() {
                return side;
            }

            @Override
            public void read(int i, byte[] target, int offset) {
                System.arraycopy(files.get(i).image().orElseThrow().pixels(), 0, target, offset, 3 * side * side);
            }
        };
    }
}
