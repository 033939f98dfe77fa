package org.lesionforge.generator.zoo.lapgan;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.nn.ModelSummary;

/**
 * The generators of all levels as one: I_K = G_K(z), then I_k = u(I_{k+1}) + G_k(z_k, u(I_{k+1})) from level to level. It has no tensors of its own;
 * those of a level have {@code level0.}, {@code level1.}, … before their names, from the coarsest on.
 *
 * <p>Sums are not brought back into [−1, 1] between levels, for the details of the next one may do that; what is beyond is clipped where values
 * become bytes.
 */
final class PyramidGenerator extends GeneratorNet {
    private final GeneratorNet base;
    private final List<ResidualGenerator> finer = new ArrayList<>();
    private final LapganOptions options;

    /**
     * Puts generators together, which it does not copy.
     *
     * @param levels from the coarsest on; the first of vectors, all others {@link ResidualGenerator}s
     * @param options with the side of the coarsest images, the length of its vectors and the pyramid
     */
    PyramidGenerator(List<GeneratorNet> levels, LapganOptions options) {
        this.options = options;
        base = register_module(name(0), levels.get(0));
        for (int level = 1; level < levels.size(); level++) {
            finer.add(register_module(name(level), (ResidualGenerator) levels.get(level)));
        }
    }

    /** What a level's tensors are called, before a dot. */
    static String name(int level) {
        return "level" + level;
    }

    /**
     * @param z n × (numbers of the coarsest level's vector, then a plane of noise of each finer level, row by row)
     * @return not brought into [−1, 1]
     */
    @Override
    public Tensor forward(Tensor z, Tensor labels) {
        Tensor images = base.forward(z.narrow(1, 0, options.latent()), labels);
        long at = options.latent();
        for (int level = 1; level <= finer.size(); level++) {
            int side = options.base() << level;
            Tensor noise = z.narrow(1, at, (long) side * side).reshape(z.size(0), 1, side, side);
            Tensor coarse = options.pyramid().up(images);
            images = finer.get(level - 1).forward(torch.cat(new TensorVector(noise, coarse), 1), labels);
            at += (long) side * side;
        }
        return images;
    }

    @Override
    public ModelSummary summary() {
        List<ModelSummary.Row> rows = new ArrayList<>(base.summary().rows());
        finer.forEach(level -> rows.addAll(level.summary().rows()));
        return new ModelSummary(rows);
    }
}
