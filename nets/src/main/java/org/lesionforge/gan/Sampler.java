package org.lesionforge.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * Draws images from a generator with batch norm's running statistics, so that image i depends on (seed, i) alone and not on its neighbours
 * in a batch.
 */
final class Sampler {
    /** Images per forward pass. */
    static final int BATCH = 32;

    private final Generator generator;
    private final GanOptions options;
    private final Compute compute;

    /** @param compute where the generator is */
    Sampler(Generator generator, GanOptions options, Compute compute) {
        this.generator = generator;
        this.options = options;
        this.compute = compute;
    }

    /** Side of the images in pixels. */
    int side() {
        return options.size();
    }

    /** Images 0 … {@code count} − 1 of {@code seed} as RGB bytes, one after another. */
    byte[] pixels(Seed seed, int count) {
        return pixels(seed, 0, count);
    }

    private byte[] pixels(Seed seed, int first, int count) {
        int imageBytes = side() * side() * 3;
        byte[] pixels = new byte[Math.multiplyExact(count, imageBytes)];
        for (int done = 0; done < count; done += BATCH) {
            byte[] some = batch(Latents.draw(seed, first + done, BATCH, options.latent()));
            System.arraycopy(some, 0, pixels, done * imageBytes, Math.min(BATCH, count - done) * imageBytes);
        }
        return pixels;
    }

    /**
     * Images {@code first} … {@code first + count} − 1 of {@code seed}.
     *
     * @param first a multiple of {@value #BATCH}: where an image stands in its batch may change how it is rounded
     */
    List<RgbImage> images(Seed seed, int first, int count) {
        if (first % BATCH != 0) {
            throw new IllegalArgumentException("images are drawn from a multiple of " + BATCH + " on, got " + first);
        }
        return split(pixels(seed, first, count));
    }

    /** The images of {@code latents}, each a point of [−1, 1] to the power of the latent length. */
    List<RgbImage> images(List<float[]> latents) {
        List<RgbImage> images = new ArrayList<>(latents.size());
        for (int done = 0; done < latents.size(); done += BATCH) {
            List<float[]> some = latents.subList(done, Math.min(done + BATCH, latents.size()));
            float[] z = new float[BATCH * options.latent()];
            for (int i = 0; i < some.size(); i++) {
                System.arraycopy(some.get(i), 0, z, i * options.latent(), options.latent());
            }
            images.addAll(split(batch(z)).subList(0, some.size()));
        }
        return images;
    }

    private List<RgbImage> split(byte[] pixels) {
        int imageBytes = side() * side() * 3;
        List<RgbImage> images = new ArrayList<>();
        for (int at = 0; at < pixels.length; at += imageBytes) {
            images.add(RgbImage.wrap(side(), side(), Arrays.copyOfRange(pixels, at, at + imageBytes)));
        }
        return images;
    }

    /**
     * A full batch, even where fewer images are wanted: another batch size may round differently, and image i must not depend on how many are
     * asked for.
     */
    private byte[] batch(float[] latents) {
        boolean training = generator.is_training();
        generator.eval();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Tensor z = Tensors.of(latents, BATCH, options.latent()).to(compute.device(), ScalarType.Float);
            return Tensors.pixels(generator.forward(z));
        } finally {
            generator.train(training);
        }
    }
}
