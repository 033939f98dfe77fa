package org.lesionforge.classifier;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lesionforge.image.file.Fit;
import org.lesionforge.io.json.OptionalKey;

/**
 * What a trained classifier is and where it comes from: the content of {@code model.json}, everything but the weights.
 *
 * @param formatVersion of the folder's layout
 * @param architecture name of the network's architecture
 * @param classes names in the order of the outputs
 * @param positive the class that is looked for
 * @param size side of the images in pixels
 * @param fit how the training images became square, and so every other image
 * @param pooling name of the architecture's variant
 * @param input formula by which byte values x become the network's input
 * @param weights name of the weights that training started from; null when it started from random ones
 * @param weightsSha256 of their file; null likewise
 * @param epoch whose weights these are, from 1; 0 for a last layer that was fitted alone, which has no epochs
 * @param train number of training images of each class, synthetic ones included
 * @param synthetic how many of them are synthetic
 * @param splitSha256 of the data set it was trained on: two data sets with the same hash have the same parts
 * @param options that it was trained with
 * @param modelSha256 of the weights' own file, {@code model.safetensors}; null until it is written, and in files of version 0.1
 */
public record ModelCard(
        int formatVersion,
        String architecture,
        List<String> classes,
        String positive,
        int size,
        Fit fit,
        String pooling,
        String input,
        @Nullable String weights,
        @Nullable String weightsSha256,
        int epoch,
        Map<String, Integer> train,
        int synthetic,
        String splitSha256,
        ClassifierOptions options,
        @OptionalKey @Nullable String modelSha256) {

    static final int FORMAT_VERSION = 1;
    static final int NO_EPOCH = 0;
    /** What a classifier is called as a network to measure with. */
    static final String NETWORK = "own-classifier";

    ModelCard withModel(String sha256) {
        return new ModelCard(
                formatVersion,
                architecture,
                classes,
                positive,
                size,
                fit,
                pooling,
                input,
                weights,
                weightsSha256,
                epoch,
                train,
                synthetic,
                splitSha256,
                options,
                sha256);
    }
}
