package org.lesionforge.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.Torch;

/**
 * Draws images from a generator with batch norm's running statistics, so that image i depends on (seed, i) alone and not on its neighbours
 * in a batch.
 */
public final class Sampler {
    /** Images per forward pass. */
    static final int BATCH = 32;

    private final Generator generator;
    private final GanOptions options;

    Sampler(Generator generator, GanOptions options) {
        this.generator = generator;
        this.options = options;
    }

    /** Side of the images in pixels. */
    public int side() {
        return options.size();
    }

    /** Images 0 … {@code count} − 1 of {@code seed} as RGB bytes, one after another. */
    public byte[] pixels(Seed seed, int count) {
        return pixels(seed, 0, count);
    }

    private byte[] pixels(Seed seed, int first, int count) {
        int imageBytes = side() * side() * 3;
        byte[] pixels = new byte[Math.multiplyExact(count, imageBytes)];
        for (int done = 0; done < count; done += BATCH) {
            byte[] some = batch(seed, first + done, Math.min(BATCH, count - done));
            System.arraycopy(some, 0, pixels, done * imageBytes, some.length);
        }
        return pixels;
    }

    /**
     * Images {@code first} … {@code first + count} − 1 of {@code seed}.
     *
     * @param first a multiple of {@value #BATCH}: where an image stands in its batch may change how it is rounded
     */
    public List<RgbImage> images(Seed seed, int first, int count) {
        if (first % BATCH != 0) {
            throw new IllegalArgumentException("images are drawn from a multiple of " + BATCH + " on, got " + first);
        }
        int imageBytes = side() * side() * 3;
        byte[] pixels = pixels(seed, first, count);
        List<RgbImage> images = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] own = Arrays.copyOfRange(pixels, i * imageBytes, (i + 1) * imageBytes);
            images.add(RgbImage.wrap(side(), side(), own));
        }
        return images;
    }

    private byte[] batch(Seed seed, int first, int count) {
        boolean training = generator.is_training();
        generator.eval();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            // A full batch even at the end: another batch size may round differently, and image i must not depend on
            // how many are asked for.
            Tensor z = Tensors.of(Latents.draw(seed, first, BATCH, options.latent()), BATCH, options.latent())
                    .to(Torch.device(), ScalarType.Float);
            byte[] pixels = Tensors.pixels(generator.forward(z));
            return Arrays.copyOf(pixels, count * side() * side() * 3);
        } finally {
            generator.train(training);
        }
    }
}
