package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.io.Progress;
import org.lesionforge.io.json.Json;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;
import org.lesionforge.run.Provenance;
import org.lesionforge.run.RunLayout;
import org.lesionforge.torch.Compute;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.RandomWeights;

/** What an experiment says of the networks that it trains. */
final class ProvenanceRecordTest {
    @TempDir
    Path folder;

    private Dataset dataset() throws IOException {
        Path source = folder.resolve("phantoms");
        Phantoms.write(source, new PhantomOptions(12, 9, 0, 80, 3), Progress.SILENT);
        Path out = folder.resolve("dataset");
        Preparation.run(
                PreparationOptions.of(source, out)
                        .with()
                        .labels(Optional.of(LabelColumns.recognised(source.resolve("metadata.csv"))))
                        .sizes(List.of(16))
                        .threads(1)
                        .build(),
                Progress.SILENT);
        return Dataset.open(out);
    }

    @Test
    void everyNetworkIsNamedWithItsOwnWeights() throws IOException {
        PretrainedWeights toy = RandomWeights.in(folder, ToyBackbone.ARCHITECTURE, ToyBackbone.ARCHITECTURE.deepest());
        try (PretrainedNetworks networks = new PretrainedNetworks(
                ToyBackbone.ZOO,
                List.of(
                        new TrainedNetwork(BackboneZoo.STANDARD.first(), Optional.empty()),
                        new TrainedNetwork(ToyBackbone.ARCHITECTURE, Optional.of(toy))),
                Optional.empty(),
                Optional.empty(),
                Compute.cpu(),
                Progress.SILENT)) {
            ProvenanceRecord.write(folder, "9", List.of("experiment"), dataset(), 0, networks);
        }
        Path file = new RunLayout(folder).provenance();
        Provenance made = Provenance.read(file);
        assertEquals(Optional.empty(), made.classifierWeights(), "of the first");
        assertEquals(
                Optional.of(List.of(
                        new Provenance.Classifier(
                                BackboneZoo.STANDARD.first().name(), Optional.empty(), Optional.empty()),
                        new Provenance.Classifier(
                                ToyBackbone.ARCHITECTURE.name(),
                                Optional.empty(),
                                Optional.of(new Provenance.Weights(RandomWeights.NAME, toy.sha256()))))),
                made.classifiers());

        ObjectNode old = (ObjectNode) Json.readTree(file);
        old.remove("classifiers");
        Json.write(file, old);
        assertEquals(Optional.empty(), Provenance.read(file).classifiers(), "as earlier versions wrote it");
    }
}
