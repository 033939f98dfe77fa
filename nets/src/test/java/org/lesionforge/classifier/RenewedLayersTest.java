package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.StopAfter;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.data.Dataset;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.file.Safetensors;
import org.lesionforge.weights.PretrainedWeights;

/** What training says that it starts anew. */
final class RenewedLayersTest {
    @TempDir
    private Path folder;

    private PretrainedWeights weights(int classes) throws IOException {
        Path file = folder.resolve("toy-" + classes + ".safetensors");
        Backbone net = ToyBackbone.ARCHITECTURE.classifier(classes).build(new Seed(1));
        try (Scope scope = new Scope()) {
            Safetensors.write(file, StateDict.of(net), Map.of());
        } finally {
            net.close();
        }
        return PretrainedWeights.open(file, ToyBackbone.ZOO);
    }

    /** A last layer of the same size is not kept either, and was once left out of what is said. */
    @Test
    void theLastLayerIsAmongThemWhateverItsSize() throws IOException {
        Dataset dataset = ColouredSquares.prepare(folder, 8);
        ClassifierOptions options = ClassifierOptions.paper()
                .with()
                .size(ColouredSquares.SIDE)
                .epochs(1)
                .batch(4)
                .build();
        for (int classes : new int[] {2, 1000}) {
            StopAfter listener = new StopAfter("nothing", -1);
            ClassifierTrainer.from(weights(classes), options, Compute.cpu(), listener)
                    .train(dataset.training(), Optional.empty(), epoch -> {})
                    .close();
            assertTrue(
                    listener.messages().contains("starting from toy-published; new: out"),
                    listener.messages().toString());
        }
    }
}
