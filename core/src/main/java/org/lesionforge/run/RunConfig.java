package org.lesionforge.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.OptionalKey;

/**
 * What a reader asks of {@code config.json}; the options themselves are of who trains.
 *
 * @param options empty where the folder is not an experiment's
 * @param external folders of other generators' images, by name; none where no arm adds any
 */
public record RunConfig(@OptionalKey Optional<Options> options, @OptionalKey Map<String, ExternalImages> external) {
    /**
     * Takes no folders where the file has none.
     *
     * @param options empty where the folder is not an experiment's
     * @param external null means none
     */
    public RunConfig {
        external = external == null ? Map.of() : external;
    }

    /**
     * What was asked of the experiment.
     *
     * @param classifier how each arm is trained; empty in the folder of a GAN
     */
    public record Options(@OptionalKey Optional<Classifier> classifier) {}

    /**
     * How each arm is trained.
     *
     * @param size side of the images in pixels
     */
    public record Classifier(int size) {}

    /**
     * Images of another generator, as they were found.
     *
     * @param folder where they were
     * @param className the class they are added to
     * @param images that can be read
     * @param sha256 of the lines {@code path}, SHA-256 of the file, in the order of paths
     */
    public record ExternalImages(String folder, String className, int images, String sha256) {}

    /**
     * {@return what a file holds}
     *
     * @param file a {@code config.json}
     * @throws UnusableInputException when the file is missing or damaged, naming the key
     */
    public static RunConfig read(Path file) {
        return Json.read(file, RunConfig.class);
    }

    /** {@return the side in pixels of the images that classifiers see; empty in the folder of a GAN} */
    public Optional<Integer> inputSize() {
        return options.flatMap(Options::classifier).map(Classifier::size);
    }
}
