package org.lesionforge.generator.adversarial;

import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/**
 * The exponential moving average of a generator, batch norm's running statistics included, as Karras et al. (2020) count it: in images, with
 * a half-life that grows from nothing, so that the average forgets the first noise quickly.
 */
public final class Ema {
    private static final int STATISTICS_PASSES = 24;

    private static final int STATISTICS_BATCH = 64;

    private final GeneratorNet average;
    private final double halfLife;
    private final double rampUp;

    /**
     * Takes over a generator as the average.
     *
     * @param average begins as the generator begins
     * @param halfLife in images, above 0
     * @param rampUp the half-life is at most this share of the images seen; 0 for no limit
     */
    public Ema(GeneratorNet average, double halfLife, double rampUp) {
        this.average = average;
        this.halfLife = halfLife;
        this.rampUp = rampUp;
    }

    GeneratorNet average() {
        return average;
    }

    /**
     * Moves the average towards {@code live}.
     *
     * @param images shown since the last update
     * @param seen images shown since the start
     */
    void update(GeneratorNet live, int images, long seen) {
        double weight = 1 - decay(images, seen);
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Map<String, Tensor> source = StateDict.of(live);
            StateDict.of(average).forEach((name, own) -> {
                if (own.is_floating_point()) {
                    own.lerp_(source.get(name), new Scalar(weight));
                } else {
                    own.copy_(source.get(name));
                }
            });
        }
    }

    /**
     * Measures batch norm's running statistics anew, with the averaged weights: the average of the statistics on the way is not what these
     * weights would have given (Izmailov et al. 2018, §3.2, arXiv 1803.05407). To be done before images are drawn.
     *
     * @param latents what the generator is trained on
     * @param seed of the latents that are drawn for it
     * @param compute where the average is
     */
    void measureStatistics(Latents latents, Seed seed, Compute compute) {
        scaleStatistics(0);
        average.train(true);
        for (int pass = 0; pass < STATISTICS_PASSES; pass++) {
            try (Scope scope = new Scope();
                    NoGradGuard noGradient = new NoGradGuard()) {
                average.forward(latents.batch(seed.at(pass), STATISTICS_BATCH, compute));
            }
        }
        // Batch norm moves a share of the way from what was there to each batch: beginning with 0, this much weight is
        // missing.
        scaleStatistics(1 / (1 - Math.pow(1 - Norm.MOMENTUM, STATISTICS_PASSES)));
    }

    private void scaleStatistics(double factor) {
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.buffers(average).values().stream()
                    .filter(Tensor::is_floating_point)
                    .forEach(statistic -> statistic.mul_(new Scalar(factor)));
        }
    }

    /** What is left of the average: ½ after a half-life of images, which is at most {@code rampUp} of the images seen. */
    double decay(int images, long seen) {
        double current = rampUp > 0 ? Math.min(halfLife, rampUp * seen) : halfLife;
        return Math.pow(0.5, images / current);
    }
}
