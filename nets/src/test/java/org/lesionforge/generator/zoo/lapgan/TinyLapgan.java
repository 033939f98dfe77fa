package org.lesionforge.generator.zoo.lapgan;

import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.Flips;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Preset;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.SharedRemedies;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** A pyramid of 8, 16 and 32 pixels that takes a moment, with an average of its weights. */
final class TinyLapgan {
    static final int LEVELS = 3;

    /** Iterations of each level. */
    static final int ITERATIONS = 20;

    static final GeneratorSpec<LapganOptions> SPEC = Lapgan.FAMILY
            .preset(Preset.PAPER)
            .common(common -> common.size(32).batch(4).epochs(2).seed(3))
            .own(own -> own.with()
                    .base(8)
                    .latent(8)
                    .width(4)
                    .residualWidth(4)
                    .remedies(new SharedRemedies(Flips.BOTH, 0, 0, 20, 0.5, 0))
                    .build());

    private TinyLapgan() {}

    static GenerativeModel model() {
        return SPEC.create(Compute.cpu());
    }

    /** @param iteration of the whole training: level l has those from l · {@link #ITERATIONS} on */
    static StepResult step(GenerativeModel model, int iteration) {
        int batch = SPEC.common().batch();
        int side = SPEC.common().size();
        byte[] pixels = new byte[batch * side * side * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 31 + i / side * 7);
        }
        try (Scope scope = new Scope()) {
            Tensor images = Tensors.images(pixels, batch, side, Compute.cpu().device());
            Tensor labels = Tensors.ofLongs(new long[batch], batch);
            return model.step(new Batch(images, labels, LEVELS * ITERATIONS), iteration);
        }
    }

    /** The values of all tensors of a level. */
    static Map<String, float[]> values(GenerativeModel model, int level) {
        Map<String, float[]> values = new TreeMap<>();
        try (Scope scope = new Scope()) {
            model.tensors().forEach((name, tensor) -> {
                if (name.startsWith(PyramidGenerator.name(level) + ".")) {
                    values.put(name, Tensors.floats(tensor));
                }
            });
        }
        return values;
    }
}
