package org.lesionforge.experiment;

import java.util.Optional;
import org.lesionforge.data.Dataset;
import org.lesionforge.io.HomePath;
import org.lesionforge.torch.Torch;
import org.lesionforge.weights.PretrainedWeights;

/** What made a run, beside its configuration: the content of {@code provenance.json}. */
public record Provenance(
        String lesionforge,
        String java,
        String platform,
        String device,
        long seed,
        String dataset,
        String splitSha256,
        Weights classifierWeights,
        Weights metricWeights) {
    /** A weights file by what it is, not by where it lies. */
    public record Weights(String name, String sha256) {
        static Weights of(Optional<PretrainedWeights> weights) {
            return weights.map(file -> new Weights(file.name(), file.sha256())).orElse(null);
        }
    }

    /** @param version of this program */
    public static Provenance of(
            String version,
            Dataset dataset,
            long seed,
            Optional<PretrainedWeights> classifier,
            Optional<PretrainedWeights> metric) {
        return new Provenance(
                version,
                System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Torch.describeDevice(),
                seed,
                HomePath.shown(dataset.folder()),
                dataset.manifest().split().sha256(),
                Weights.of(classifier),
                Weights.of(metric));
    }
}
