package org.lesionforge.generator.zoo.ddpm;

import java.util.stream.Stream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.torch.Tensors;

/** Tells the net the time: sines and cosines of it (Vaswani et al. 2017), through two fully connected layers with SiLU between them. */
final class TimeEmbedding {
    private static final double LONGEST = 10_000;

    private final int width;
    private final LinearImpl first;
    private final LinearImpl second;

    TimeEmbedding(Module owner, int width) {
        this.width = width;
        first = owner.register_module("time_first", UNetLayers.linear(width, length(width)));
        second = owner.register_module("time_second", UNetLayers.linear(length(width), length(width)));
    }

    /** Numbers that it tells the time with. */
    static int length(int width) {
        return 4 * width;
    }

    /** {@return n × 4·width} */
    Tensor forward(int[] times, Device device) {
        Tensor waves = Tensors.send(Tensors.of(waves(times, width), times.length, width), device, ScalarType.Float);
        return second.forward(torch.silu(first.forward(waves)));
    }

    /** Its layers, for counting. */
    Stream<Module> layers() {
        return Stream.of(first, second);
    }

    long multiplyAdds() {
        return UNetLayers.weights(first) + UNetLayers.weights(second);
    }

    /** Sines, then cosines, of t at frequencies that fall geometrically from 1 to 1/{@value #LONGEST}. */
    static float[] waves(int[] times, int width) {
        int half = width / 2;
        float[] waves = new float[times.length * width];
        for (int n = 0; n < times.length; n++) {
            for (int i = 0; i < half; i++) {
                double angle = times[n] * Math.pow(LONGEST, -(double) i / (half - 1));
                waves[n * width + i] = (float) Math.sin(angle);
                waves[n * width + half + i] = (float) Math.cos(angle);
            }
        }
        return waves;
    }
}
