package org.lesionforge.generator.zoo.ddpm;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.GroupNormImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.nn.Dropout;
import org.lesionforge.torch.Scope;

/**
 * Group norm, SiLU, 3×3 convolution, twice; what is known of the time is added between both, and the input at the end, through a 1×1 convolution
 * where the number of channels changes. The second convolution starts with 0, so that a block starts as its shortcut.
 */
final class ResidualBlock {
    private final int in;
    private final int out;
    private final GroupNormImpl norm1;
    private final Conv2dImpl conv1;
    private final LinearImpl time;
    private final GroupNormImpl norm2;
    private final Conv2dImpl conv2;
    private final Optional<Conv2dImpl> shortcut;

    /** @param embedding numbers that tell the time */
    ResidualBlock(Module owner, String name, int in, int out, int embedding) {
        this.in = in;
        this.out = out;
        norm1 = owner.register_module(name + "_norm1", UNetLayers.norm(in));
        conv1 = owner.register_module(name + "_conv1", UNetLayers.conv(in, out, 3, 1));
        time = owner.register_module(name + "_time", UNetLayers.linear(embedding, out));
        norm2 = owner.register_module(name + "_norm2", UNetLayers.norm(out));
        conv2 = owner.register_module(name + "_conv2", UNetLayers.conv(out, out, 3, 1));
        shortcut = in == out
                ? Optional.empty()
                : Optional.of(owner.register_module(name + "_shortcut", UNetLayers.conv(in, out, 1, 1)));
    }

    int in() {
        return in;
    }

    int out() {
        return out;
    }

    /**
     * @param x n × in × side × side
     * @param embedding n × numbers, after SiLU
     * @param dropout in training
     * @return n × out × side × side
     */
    Tensor forward(Tensor x, Tensor embedding, Optional<Dropout> dropout) {
        try (Scope scope = new Scope()) {
            Tensor ofTime = time.forward(embedding).unsqueeze(2).unsqueeze(3);
            Tensor h = conv1.forward(torch.silu(norm1.forward(x))).add(ofTime);
            Tensor activated = torch.silu(norm2.forward(h));
            Tensor left = dropout.isPresent() ? dropout.get().apply(activated) : activated;
            Tensor direct = shortcut.isPresent() ? shortcut.get().forward(x) : x;
            return scope.keep(conv2.forward(left).add(direct));
        }
    }

    /** The tensors that start with 0. */
    List<Tensor> startingWithZero() {
        return List.of(conv2.weight());
    }

    /** Its layers, for counting. */
    Stream<Module> layers() {
        return Stream.concat(Stream.of(norm1, conv1, time, norm2, conv2), shortcut.stream());
    }

    /** Multiplications that are each followed by an addition, for one image of {@code side}. */
    long multiplyAdds(long side) {
        long perPlace = 9L * in * out + 9L * out * out + (shortcut.isPresent() ? (long) in * out : 0);
        return perPlace * side * side + UNetLayers.weights(time);
    }
}
