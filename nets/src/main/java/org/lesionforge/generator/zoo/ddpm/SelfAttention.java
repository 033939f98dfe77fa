package org.lesionforge.generator.zoo.ddpm;

import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.GroupNormImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.torch.Scope;

/**
 * Every place of a map learns from every other: group norm, then attention of one head over all places (Vaswani et al. 2017), added to the input
 * through a 1×1 convolution that starts with 0.
 */
final class SelfAttention {
    private final int channels;
    private final GroupNormImpl norm;
    private final Conv2dImpl threefold;
    private final Conv2dImpl project;

    SelfAttention(Module owner, String name, int channels) {
        this.channels = channels;
        norm = owner.register_module(name + "_norm", UNetLayers.norm(channels));
        threefold = owner.register_module(name + "_qkv", UNetLayers.conv(channels, 3 * channels, 1, 1));
        project = owner.register_module(name + "_project", UNetLayers.conv(channels, channels, 1, 1));
    }

    /** @param x n × channels × side × side */
    Tensor forward(Tensor x) {
        try (Scope scope = new Scope()) {
            long n = x.size(0);
            long side = x.size(2);
            // n × places × channels each: in channels-last memory nothing moves.
            Tensor places =
                    threefold.forward(norm.forward(x)).permute(0, 2, 3, 1).reshape(n, side * side, 3L * channels);
            TensorVector each = places.chunk(3, 2);
            Tensor mixed = torch.scaled_dot_product_attention(
                    each.get(0).unsqueeze(1),
                    each.get(1).unsqueeze(1),
                    each.get(2).unsqueeze(1));
            Tensor map = mixed.reshape(n, side, side, channels).permute(0, 3, 1, 2);
            return scope.keep(project.forward(map).add(x));
        }
    }

    /** The tensors that start with 0. */
    List<Tensor> startingWithZero() {
        return List.of(project.weight());
    }

    /** Its layers, for counting. */
    Stream<Module> layers() {
        return Stream.of(norm, threefold, project);
    }

    /** Multiplications that are each followed by an addition, for one image of {@code side}, the comparisons of all pairs of places among them. */
    long multiplyAdds(long side) {
        long places = side * side;
        return places * (4L * channels * channels) + 2 * places * places * channels;
    }
}
