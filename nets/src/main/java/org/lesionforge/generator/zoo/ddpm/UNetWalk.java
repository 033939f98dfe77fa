package org.lesionforge.generator.zoo.ddpm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Module;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.StateDict;

/** Walks through a {@link UNet} and notes what it passes, with how much of the image one place of each map sees. */
final class UNetWalk {
    private final int size;
    private final List<ModelSummary.Row> rows = new ArrayList<>();
    private int field = 1;

    /** @param size side of the images */
    UNetWalk(int size) {
        this.size = size;
    }

    /** Behind windows of three places, on maps whose sides are {@code side}. */
    void widen(int windows, int side) {
        field += 2 * windows * (size / side);
    }

    /** Behind attention, where each place sees all others. */
    void seeAll() {
        field = Math.max(field, size);
    }

    /**
     * Notes what was passed.
     *
     * @param channels of its output
     * @param side of its output
     * @param layers with what it learns
     * @param multiplyAdds for one image
     */
    void pass(String name, String does, int channels, int side, Stream<? extends Module> layers, long multiplyAdds) {
        long parameters = layers.mapToLong(StateDict::parameterCount).sum();
        rows.add(new ModelSummary.Row(name, does, channels, side, parameters, field, multiplyAdds));
    }

    /** Notes what is looked up and not computed. */
    void pass(String name, String does, int channels, int side, long parameters) {
        rows.add(new ModelSummary.Row(name, does, channels, side, parameters, field, 0));
    }

    ModelSummary summary() {
        return new ModelSummary(rows);
    }
}
