package org.lesionforge.run;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.io.json.OptionalKey;

/**
 * What made a run, beside its configuration: the content of {@code provenance.json}. Of a run that was resumed,
 * {@code started} and {@code command} are of its first start, all else of its last. Version 0.1 did not record all of
 * it; what it did not is empty.
 *
 * @param lesionforge version of the program
 * @param commit of the program's source, with {@code -dirty} when that had been changed since; empty where the build
 *     did not know
 * @param java vendor and version
 * @param libtorch version, and the vector instructions that it uses
 * @param platform operating system and architecture
 * @param device what computed, with its threads
 * @param precision in which nets were trained: {@code float32}, {@code tf32} or {@code bfloat16}; all else was computed in float32
 * @param processor or card, by its maker's name; empty where the system does not tell
 * @param seed the first one
 * @param dataset where the images are
 * @param source what the data set was prepared from
 * @param groups of images in the data set: patients or lesions, where its source names them
 * @param splitSha256 of the data set's split, in hexadecimal digits
 * @param classifierWeights of the first network that was trained; empty: random ones
 * @param classifiers every network that was trained; empty in runs of earlier versions
 * @param metricWeights empty: the run's own classifier
 * @param started in UTC; empty when the first start did not record it
 * @param command the arguments of the command line; empty likewise
 */
public record Provenance(
        String lesionforge,
        @OptionalKey Optional<String> commit,
        String java,
        @OptionalKey Optional<String> libtorch,
        String platform,
        String device,
        @OptionalKey Optional<String> precision,
        @OptionalKey Optional<String> processor,
        long seed,
        String dataset,
        @OptionalKey Optional<String> source,
        @OptionalKey Optional<Long> groups,
        String splitSha256,
        Optional<Weights> classifierWeights,
        @OptionalKey Optional<List<Classifier>> classifiers,
        Optional<Weights> metricWeights,
        @OptionalKey Optional<String> started,
        @OptionalKey Optional<List<String>> command) {
    private static final String STARTED = "started";

    /**
     * A weights file by what it is, not by where it lies.
     *
     * @param name of the network
     * @param sha256 of the file, in hexadecimal digits
     */
    public record Weights(String name, String sha256) {}

    /**
     * A network that every arm was trained with.
     *
     * @param name of its architecture
     * @param padding of it; empty where there is no choice, and in runs of earlier versions
     * @param weights that it started from; empty: random ones
     */
    public record Classifier(String name, @OptionalKey Optional<String> padding, Optional<Weights> weights) {}

    /**
     * {@return what a file holds}
     *
     * @param file a {@code provenance.json}
     * @throws UnusableInputException when the file is missing or damaged, or {@code started} is no time, naming the key
     */
    public static Provenance read(Path file) {
        JsonObject document = JsonObject.read(file);
        Provenance provenance = document.as(Provenance.class);
        try {
            provenance.start();
        } catch (DateTimeException e) {
            throw document.wrong(STARTED, "a time such as 2026-11-28T06:01:16Z");
        }
        return provenance;
    }

    /** {@return when the run was first started; empty where {@code started} is} */
    public Optional<Instant> start() {
        return started.map(Instant::parse);
    }

    /**
     * {@return the same, as of a later start of a run}
     *
     * @param first of the run's first start, whose date and command it takes
     */
    public Provenance begunAs(Provenance first) {
        return new Provenance(
                lesionforge,
                commit,
                java,
                libtorch,
                platform,
                device,
                precision,
                processor,
                seed,
                dataset,
                source,
                groups,
                splitSha256,
                classifierWeights,
                classifiers,
                metricWeights,
                first.started,
                first.command);
    }
}
