package org.lesionforge.generator.adversarial;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.LatentSampler;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/**
 * Draws images from a {@link GeneratorNet} with batch norm's running statistics, so that image i depends on (seed, i) alone and not on its
 * neighbours in a batch.
 */
public final class NetSampler implements LatentSampler {
    /** Images per forward pass. */
    private static final int BATCH = 32;

    private final GeneratorNet generator;
    private final boolean isOwner;
    private final Latents latents;
    private final GeneratorOptions options;
    private final Compute compute;

    private NetSampler(
            GeneratorNet generator, boolean isOwner, Latents latents, GeneratorOptions options, Compute compute) {
        this.generator = generator;
        this.isOwner = isOwner;
        this.latents = latents;
        this.options = options;
        this.compute = compute;
    }

    /**
     * Draws from a generator that is trained.
     *
     * @param generator on the device of {@code compute}; stays the caller's
     * @param latents what it is trained on
     * @param options with the size and channels of the images
     * @param compute where the generator is
     * @return the sampler
     */
    public static NetSampler borrowing(
            GeneratorNet generator, Latents latents, GeneratorOptions options, Compute compute) {
        return new NetSampler(generator, false, latents, options, compute);
    }

    /**
     * Takes over a generator.
     *
     * @param generator on the device of {@code compute}; freed with this
     * @param latents what it was trained on
     * @param options with the size and channels of the images
     * @param compute where the generator is
     * @return the sampler
     */
    public static NetSampler owning(
            GeneratorNet generator, Latents latents, GeneratorOptions options, Compute compute) {
        return new NetSampler(generator, true, latents, options, compute);
    }

    @Override
    public int side() {
        return options.size();
    }

    @Override
    public int channels() {
        return options.channels();
    }

    private int imageBytes() {
        return side() * side() * channels();
    }

    /** Where an image stands in its batch may change how it is rounded: image i is always the (i mod 32)th. */
    @Override
    public byte[] pixels(Seed seed, long first, int count, int label) {
        byte[] pixels = new byte[Math.multiplyExact(count, imageBytes())];
        for (int done = 0; done < count; ) {
            int before = (int) ((first + done) % BATCH);
            int some = Math.min(BATCH - before, count - done);
            byte[] batch = batch(latents.draw(seed, first + done - before, BATCH), label);
            System.arraycopy(batch, before * imageBytes(), pixels, done * imageBytes(), some * imageBytes());
            done += some;
        }
        return pixels;
    }

    @Override
    public float[] latent(Seed seed, long index) {
        return latents.draw(seed, index, 1);
    }

    @Override
    public float[] between(float[] from, float[] to, double t) {
        return latents.between(from, to, t);
    }

    @Override
    public byte[] pixels(List<float[]> points, int label) {
        byte[] pixels = new byte[Math.multiplyExact(points.size(), imageBytes())];
        for (int done = 0; done < points.size(); done += BATCH) {
            int some = Math.min(BATCH, points.size() - done);
            float[] z = new float[BATCH * latents.length()];
            for (int i = 0; i < some; i++) {
                System.arraycopy(points.get(done + i), 0, z, i * latents.length(), latents.length());
            }
            System.arraycopy(batch(z, label), 0, pixels, done * imageBytes(), some * imageBytes());
        }
        return pixels;
    }

    /**
     * A full batch, even where fewer images are wanted: another batch size may round differently, and image i must not depend on how many are
     * asked for.
     */
    private byte[] batch(float[] values, int label) {
        boolean training = generator.is_training();
        generator.eval();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard();
                Arithmetic exact = compute.exact()) {
            Tensor z = Tensors.of(values, BATCH, latents.length()).to(compute.device(), ScalarType.Float);
            long[] same = new long[BATCH];
            Arrays.fill(same, label);
            Tensor labels = Tensors.ofLongs(same, BATCH);
            return Tensors.pixels(generator.forward(z, labels.to(compute.device(), labels.scalar_type())));
        } finally {
            generator.train(training);
        }
    }

    @Override
    public void close() {
        if (isOwner) {
            StateDict.free(generator);
        }
    }
}
