package org.lesionforge.export;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.OptionalKey;

/**
 * What an export asks of a classifier's {@code config.json}.
 *
 * @param splitSha256 of the split that it was trained on
 * @param imagesSha256 of the pixels of all images that it was trained on; empty in runs of version 0.1
 * @param options of the training
 */
record TrialConfig(String splitSha256, @OptionalKey Optional<String> imagesSha256, Options options) {
    /** @param size side of the images in pixels */
    record Options(int size) {}

    /** What it asks of an experiment's. */
    private record Experiment(Generators options) {
        /** @param gan where version 0.1 wrote the options of its one generator */
        record Generators(
                @OptionalKey Optional<Map<String, Options>> generators,
                @OptionalKey Optional<Options> gan,
                @OptionalKey Optional<Boolean> matchAcquisition) {}
    }

    /** What an export asks of an experiment's {@code config.json} before it reads a trial. */
    record Data(String dataset, String splitSha256) {
        static Data read(Path file) {
            return Json.read(file, Data.class);
        }
    }

    static TrialConfig read(Path file) {
        return Json.read(file, TrialConfig.class);
    }

    /** Whether the experiment took generated images through what the photographs went through. */
    static boolean matchesAcquisition(Path config) {
        return Json.read(config, Experiment.class).options().matchAcquisition().orElse(false);
    }

    /**
     * The side of a generator's images, which all images of a degraded arm were brought to.
     *
     * @param config of the experiment
     * @param generator what it is called; the first that is listed where it is empty
     */
    static int generatorSize(Path config, Optional<String> generator) {
        Experiment.Generators options = Json.read(config, Experiment.class).options();
        Map<String, Options> generators = options.generators().orElse(Map.of());
        return generator
                .map(generators::get)
                .or(() -> generators.values().stream().findFirst())
                .or(options::gan)
                .orElseThrow(() -> new UnusableInputException(
                        config + " does not say what size a generator's images have; bring the file back from a copy"))
                .size();
    }
}
