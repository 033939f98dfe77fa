package org.lesionforge.generator.zoo.ddpm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.LatentSampler;
import org.lesionforge.generator.Sampler;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;

/**
 * Draws images from a {@link UNet} by {@link Ddim}. Its latents are the noise that it begins with.
 *
 * @param net on the device of {@code compute}
 * @param owner whether the net is freed with this
 * @param common with the size and channels of the images
 * @param own with the schedule and the steps
 * @param steps from noise to an image
 * @param compute where the net is
 */
record DdpmSampler(UNet net, boolean owner, GeneratorOptions common, DdpmOptions own, int steps, Compute compute)
        implements LatentSampler {
    /** Images that go through the net together, even where fewer are wanted: another number may round differently. */
    private static final int BATCH = 8;

    /** One that draws with as many steps as the options have. */
    static DdpmSampler of(UNet net, boolean owner, GeneratorOptions common, DdpmOptions own, Compute compute) {
        return new DdpmSampler(net, owner, common, own, own.drawing().steps(), compute);
    }

    @Override
    public int side() {
        return common.size();
    }

    @Override
    public int channels() {
        return common.channels();
    }

    private int values() {
        return side() * side() * channels();
    }

    @Override
    public int together() {
        return BATCH;
    }

    @Override
    public Sampler quick() {
        return new DdpmSampler(net, false, common, own, own.drawing().judgingSteps(), compute);
    }

    /** Where an image stands in its batch may change how it is rounded: image i is always the (i mod 8)th. */
    @Override
    public byte[] pixels(Seed seed, long first, int count, int label) {
        byte[] pixels = new byte[Math.multiplyExact(count, values())];
        for (int done = 0; done < count; ) {
            int before = (int) ((first + done) % BATCH);
            int some = Math.min(BATCH - before, count - done);
            long from = first + done - before;
            List<float[]> noises = LongStream.range(from, from + BATCH)
                    .mapToObj(index -> latent(seed, index))
                    .toList();
            byte[] batch = batch(noises, label);
            System.arraycopy(batch, before * values(), pixels, done * values(), some * values());
            done += some;
        }
        return pixels;
    }

    @Override
    public float[] latent(Seed seed, long index) {
        SplittableRandom random = seed.at(index).random();
        float[] noise = new float[values()];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        return noise;
    }

    /** The quarter of an ellipse between both, on which every point is from N(0, 1) as they are: its shares' squares add up to 1. */
    @Override
    public float[] between(float[] from, float[] to, double t) {
        double angle = t * Math.PI / 2;
        float[] point = new float[from.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = (float) (Math.cos(angle) * from[i] + Math.sin(angle) * to[i]);
        }
        return point;
    }

    @Override
    public byte[] pixels(List<float[]> latents, int label) {
        byte[] pixels = new byte[Math.multiplyExact(latents.size(), values())];
        for (int done = 0; done < latents.size(); done += BATCH) {
            int some = Math.min(BATCH, latents.size() - done);
            List<float[]> batch = new ArrayList<>(latents.subList(done, done + some));
            while (batch.size() < BATCH) {
                batch.add(batch.get(0));
            }
            System.arraycopy(batch(batch, label), 0, pixels, done * values(), some * values());
        }
        return pixels;
    }

    private byte[] batch(List<float[]> latents, int label) {
        float[] values = new float[BATCH * values()];
        for (int i = 0; i < BATCH; i++) {
            System.arraycopy(latents.get(i), 0, values, i * values(), values());
        }
        try (Scope scope = new Scope();
                Arithmetic exact = compute.exact()) {
            Tensor noise = Tensors.of(values, BATCH, channels(), side(), side())
                    .contiguous(MemoryFormat.ChannelsLast)
                    .to(compute.device(), ScalarType.Float);
            return Tensors.pixels(new Ddim(own.noiseSchedule(), steps).draw(noise, guided(label)));
        }
    }

    private Ddim.Denoiser guided(int label) {
        if (!own.conditional()) {
            return told(LabelEmbedding.NONE);
        }
        return guided(told(label), told(LabelEmbedding.NONE), own.drawing().guidance());
    }

    /**
     * Classifier-free guidance (Ho and Salimans 2022, arXiv 2207.12598): from what the net answers for any image towards what it answers for one of
     * the class, and beyond. Where the weight is 0 or 1, one of both decides and the other is not asked.
     */
    static Ddim.Denoiser guided(Ddim.Denoiser ofClass, Ddim.Denoiser ofAny, double weight) {
        if (weight == 0 || weight == 1) {
            return weight == 0 ? ofAny : ofClass;
        }
        return (images, time) -> torch.lerp(ofAny.noise(images, time), ofClass.noise(images, time), new Scalar(weight));
    }

    private Ddim.Denoiser told(long label) {
        long[] labels = new long[BATCH];
        Arrays.fill(labels, label);
        return (images, time) -> {
            int[] times = new int[BATCH];
            Arrays.fill(times, time);
            Tensor sent = Tensors.send(Tensors.ofLongs(labels, BATCH), images.device(), ScalarType.Long);
            return net.forward(images, times, sent, Optional.empty());
        };
    }

    @Override
    public void close() {
        if (owner) {
            StateDict.free(net);
        }
    }
}
