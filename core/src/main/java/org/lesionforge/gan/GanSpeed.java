package org.lesionforge.gan;

import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

/** How fast a GAN trains on this machine. */
public final class GanSpeed {
    private static final int STEPS = 3;

    private GanSpeed() {}

    /** Runs a few training steps on grey images and takes the fastest; seconds per real image. */
    public static double secondsPerImage(GanOptions options) {
        Generator generator = new Generator(options, new Seed(1));
        Discriminator discriminator = new Discriminator(options, new Seed(2));
        generator.to(Torch.device(), false);
        discriminator.to(Torch.device(), false);
        GanStep step = new GanStep(generator, discriminator, options);
        double best = Double.MAX_VALUE;
        byte[] grey = new byte[options.batch() * options.size() * options.size() * 3];
        for (int i = 0; i < STEPS; i++) {
            try (Scope scope = new Scope()) {
                Tensor real = Tensors.images(grey, options.batch(), options.size(), Torch.device());
                long start = System.nanoTime();
                step.run(real, GanTrainer.latents(new Seed(i), options.batch(), options.latent()), i);
                best = Math.min(best, (System.nanoTime() - start) / 1e9);
            }
        }
        step.close();
        StateDict.free(generator);
        StateDict.free(discriminator);
        return best / options.batch();
    }
}
