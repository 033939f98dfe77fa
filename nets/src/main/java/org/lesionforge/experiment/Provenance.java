package org.lesionforge.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.DatasetImage;
import org.lesionforge.io.HomePath;
import org.lesionforge.io.json.Json;
import org.lesionforge.io.json.JsonObject;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Torch;
import org.lesionforge.weights.PretrainedWeights;

/**
 * What made a run, beside its configuration: the content of {@code provenance.json}. Of a run that was resumed, {@code started} and
 * {@code command} are of its first start, all else of its last.
 *
 * @param commit of the program's source, with {@code -dirty} when that had been changed since; null where the build did not know
 * @param processor or card, by its maker's name; null where the system does not tell
 * @param source what the data set was prepared from
 * @param groups of images in the data set: patients or lesions, where its source names them
 * @param started in UTC; null when the first start did not record it
 * @param command the arguments of the command line; null likewise
 */
public record Provenance(
        String lesionforge,
        String commit,
        String java,
        String libtorch,
        String platform,
        String device,
        String processor,
        long seed,
        String dataset,
        String source,
        long groups,
        String splitSha256,
        Weights classifierWeights,
        Weights metricWeights,
        String started,
        List<String> command) {
    private static final String FILE = "provenance.json";

    /** A weights file by what it is, not by where it lies. */
    public record Weights(String name, String sha256) {
        static Weights of(Optional<PretrainedWeights> weights) {
            return weights.map(file -> new Weights(file.name(), file.sha256())).orElse(null);
        }
    }

    /**
     * Of a start that happens now.
     *
     * @param version of this program
     * @param command the arguments that it was called with
     * @param compute what its nets are trained on
     */
    public static Provenance of(
            String version,
            List<String> command,
            Dataset dataset,
            long seed,
            Optional<PretrainedWeights> classifier,
            Optional<PretrainedWeights> metric,
            Compute compute) {
        return new Provenance(
                version,
                builtFrom(),
                System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
                Torch.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                compute.describe(),
                compute.hardware().orElse(null),
                seed,
                HomePath.shown(dataset.folder()),
                HomePath.shown(dataset.manifest().source()),
                dataset.images().stream().map(DatasetImage::group).distinct().count(),
                dataset.manifest().split().sha256(),
                Weights.of(classifier),
                Weights.of(metric),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                command.stream().map(HomePath::shown).toList());
    }

    /** Writes it into a run's folder; that of an earlier start is where the date and the command come from. */
    public void write(Path run) throws IOException {
        Path file = run.resolve(FILE);
        if (!Files.exists(file)) {
            Json.write(file, this);
            return;
        }
        JsonObject first = JsonObject.read(file);
        boolean dated = first.has("started") && !first.isNull("started");
        boolean named = first.has("command") && !first.isNull("command");
        Json.write(file, begun(dated ? first.text("started") : null, named ? first.texts("command") : null));
    }

    private Provenance begun(String date, List<String> arguments) {
        return new Provenance(
                lesionforge,
                commit,
                java,
                libtorch,
                platform,
                device,
                processor,
                seed,
                dataset,
                source,
                groups,
                splitSha256,
                classifierWeights,
                metricWeights,
                date,
                arguments);
    }

    /** What the build wrote down. */
    private static String builtFrom() {
        try (InputStream text = Provenance.class.getResourceAsStream("commit.txt")) {
            String commit = text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
            return commit.isEmpty() ? null : commit;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
