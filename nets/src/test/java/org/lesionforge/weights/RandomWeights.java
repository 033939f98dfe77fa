package org.lesionforge.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.WeightsDeclaration;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.file.Safetensors;

/** Files of networks that have learned nothing, under a name that says so: enough to test what is done with pretrained ones. */
public final class RandomWeights {
    public static final String NAME = "random-for-tests";

    private RandomWeights() {}

    /** Of the standard architecture, whole but for the head. */
    public static PretrainedWeights in(Path folder) throws IOException {
        Architecture standard = BackboneZoo.STANDARD.first();
        return in(folder, standard, standard.deepest());
    }

    /** Written once into a folder; always the same, with the architecture's first variant and first way to take values. */
    public static PretrainedWeights in(Path folder, Architecture architecture, FeatureLayer end) throws IOException {
        Path file = folder.resolve("random-" + architecture.name() + "-" + end.name() + ".safetensors");
        if (!Files.exists(file)) {
            Backbone net =
                    new BackboneOptions(architecture, architecture.variants().get(0), 0, false, end).build(new Seed(1));
            try (Scope scope = new Scope()) {
                Safetensors.write(
                        file,
                        StateDict.of(net),
                        WeightsDeclaration.metadata(
                                NAME,
                                architecture.variants().get(0).name(),
                                architecture.input().formula()));
            } finally {
                net.close();
            }
        }
        return PretrainedWeights.open(file, new BackboneZoo(List.of(architecture)));
    }
}
