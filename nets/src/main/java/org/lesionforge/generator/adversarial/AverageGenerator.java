package org.lesionforge.generator.adversarial;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.LabelShares;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.generator.adversarial.net.Norm;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.training.AverageDecay;
import org.lesionforge.training.WeightAverage;

/** The running average of a generator, batch norm's running statistics included, as a net of its own. */
public final class AverageGenerator implements AutoCloseable {
    private static final int STATISTICS_PASSES = 24;

    private static final int STATISTICS_BATCH = 64;

    private final GeneratorNet net;
    private final WeightAverage average;

    /**
     * Takes over a generator as the average.
     *
     * @param net begins as the generator begins; on the device where it stays
     * @param decay how quickly it forgets, in images
     */
    public AverageGenerator(GeneratorNet net, AverageDecay decay) {
        this.net = net;
        average = WeightAverage.in(net, decay);
    }

    GeneratorNet net() {
        return net;
    }

    /**
     * Moves the average towards {@code live}.
     *
     * @param images shown since the last update
     * @param seen images shown since the start
     */
    void update(GeneratorNet live, int images, long seen) {
        average.update(live, images, seen);
    }

    /**
     * Measures batch norm's running statistics anew, with the averaged weights: the average of the statistics on the way is not what these
     * weights would have given (Izmailov et al. 2018, §3.2, arXiv 1803.05407). To be done before images are drawn.
     *
     * @param latents what the generator is trained on
     * @param shares of the labels that it is trained on
     * @param seed of the latents that are drawn for it
     * @param compute where the average is
     */
    void measureStatistics(Latents latents, LabelShares shares, Seed seed, Compute compute) {
        scaleStatistics(0);
        net.train(true);
        for (int pass = 0; pass < STATISTICS_PASSES; pass++) {
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard();
                    Arithmetic exact = compute.exact()) {
                Seed random = seed.at(pass);
                Tensor labels = Tensors.ofLongs(shares.draw(random, STATISTICS_BATCH), STATISTICS_BATCH);
                net.forward(
                        latents.batch(random, STATISTICS_BATCH, compute),
                        labels.to(compute.device(), labels.scalar_type()));
            }
        }
        // Batch norm moves a share of the way from what was there to each batch: beginning with 0, this much weight is
        // missing.
        scaleStatistics(1 / (1 - Math.pow(1 - Norm.MOMENTUM, STATISTICS_PASSES)));
    }

    private void scaleStatistics(double factor) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.buffers(net).values().stream()
                    .filter(Tensor::is_floating_point)
                    .forEach(statistic -> statistic.mul_(new Scalar(factor)));
        }
    }

    /** Frees the net. */
    @Override
    public void close() {
        average.close();
        StateDict.free(net);
    }
}
