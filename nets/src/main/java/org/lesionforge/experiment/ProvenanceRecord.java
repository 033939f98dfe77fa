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
import org.lesionforge.run.Provenance;
import org.lesionforge.run.RunLayout;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Torch;
import org.lesionforge.weights.PretrainedWeights;

/** Records what makes a run. */
public final class ProvenanceRecord {
    private ProvenanceRecord() {}

    /**
     * Writes a start that happens now into a run's folder. Of a run that was started before, the date and the command stay those of its first
     * start.
     *
     * @param run its folder
     * @param version of this program
     * @param command the arguments that it was called with
     * @param dataset of the experiment
     * @param seed of the experiment
     * @param networks that it trains and measures with, and what they are computed on
     * @throws IOException when the file cannot be written
     */
    public static void write(
            Path run, String version, List<String> command, Dataset dataset, long seed, PretrainedNetworks networks)
            throws IOException {
        Compute compute = networks.compute();
        Provenance now = new Provenance(
                version,
                builtFrom(),
                System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
                Optional.of(Torch.version()),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                compute.describe(),
                Optional.of(compute.precision().word()),
                compute.hardware(),
                seed,
                HomePath.shown(dataset.folder()),
                Optional.of(HomePath.shown(dataset.manifest().source())),
                Optional.of(dataset.images().stream()
                        .map(DatasetImage::group)
                        .distinct()
                        .count()),
                dataset.manifest().split().sha256(),
                networks.trained().get(0).weights().map(ProvenanceRecord::weights),
                Optional.of(networks.trained().stream()
                        .map(ProvenanceRecord::classifier)
                        .toList()),
                networks.metricWeights().map(ProvenanceRecord::weights),
                Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()),
                Optional.of(command.stream().map(HomePath::shown).toList()));
        Path file = new RunLayout(run).provenance();
        Json.write(file, Files.exists(file) ? now.begunAs(Provenance.read(file)) : now);
    }

    private static Provenance.Classifier classifier(TrainedNetwork network) {
        return new Provenance.Classifier(
                network.architecture().name(),
                network.padding(),
                network.weights().map(ProvenanceRecord::weights));
    }

    private static Provenance.Weights weights(PretrainedWeights weights) {
        return new Provenance.Weights(weights.name(), weights.sha256());
    }

    /** What the build wrote down. */
    private static Optional<String> builtFrom() {
        try (InputStream text = ProvenanceRecord.class.getResourceAsStream("commit.txt")) {
            String commit = text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
            return Optional.of(commit).filter(found -> !found.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
