package org.lesionforge.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.zoo.ToyBackbone;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.file.Safetensors;
import org.lesionforge.toy.ToyFamily;

/** The program with a network and a family of generators that it does not know behind its own. */
public final class ToyProgram {
    public static final Zoos ZOOS = new Zoos(ToyBackbone.ZOO, ToyFamily.ZOO);

    private ToyProgram() {}

    /** Writes weights of the network, with a last layer of four classes, that say nothing of themselves. */
    public static Path weights(Path file) throws IOException {
        Architecture toy = ToyBackbone.ARCHITECTURE;
        Backbone net = new BackboneOptions(toy, toy.variants().get(0), 4, false, toy.deepest()).build(new Seed(6));
        try (Scope scope = new Scope()) {
            Safetensors.write(file, StateDict.of(net), Map.of());
        } finally {
            net.close();
        }
        return file;
    }

    public static void main(String[] arguments) {
        System.exit(Main.run(Main.commandLine(ZOOS), arguments));
    }
}
