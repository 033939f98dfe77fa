package org.lesionforge.gan;

import java.util.ArrayList;
import java.util.List;

/**
 * What a GAN's nets consist of and what training them takes, from their options alone.
 *
 * @param generator its layers, from z on
 * @param discriminator its layers, from the image on
 */
public record GanAnatomy(List<Layer> generator, List<Layer> discriminator, Memory memory) {
    /**
     * @param name of the layer in the weights' files
     * @param does what it does, its normalisation and its activation
     * @param channels of its output
     * @param side of its output, in places
     * @param parameters that it learns, its normalisation's among them
     * @param patch side in pixels of the part of the image that one place of its output sees (discriminator), or that it reaches (generator); it may exceed the
     *     image
     */
    public record Layer(String name, String does, int channels, int side, long parameters, int patch) {}

    /**
     * Memory of a training step in bytes, beside the 0.4 GB of the program itself: within a tenth of what five trainings on a CPU took, of 0.6 to 1.5 GB.
     *
     * @param nets weights of both nets, their gradients and Adam's two moments
     * @param average of the generator's weights
     * @param activations of one batch, with the gradients that pass through them
     */
    public record Memory(long nets, long average, long activations) {
        public long total() {
            return nets + average + activations;
        }
    }

    private static final long FLOAT = 4;

    public static GanAnatomy of(GanOptions options) {
        List<Layer> generator = generator(options);
        List<Layer> discriminator = discriminator(options);
        long parameters = parameters(generator);
        boolean averaged = options.remedies().emaHalfLife() > 0;
        return new GanAnatomy(
                generator,
                discriminator,
                new Memory(
                        4 * FLOAT * (parameters + parameters(discriminator)),
                        averaged ? FLOAT * parameters : 0,
                        FLOAT * options.batch() * valuesPerImage(options)));
    }

    /** How many numbers {@code layers} learn. */
    public static long parameters(List<Layer> layers) {
        return layers.stream().mapToLong(Layer::parameters).sum();
    }

    private static List<Layer> generator(GanOptions options) {
        List<Layer> layers = new ArrayList<>();
        int channels = options.channelsAt4();
        layers.add(new Layer(
                "project",
                "fully connected, batch norm, ReLU",
                channels,
                4,
                16L * channels * options.latent() + 2L * channels,
                patch(options, options.stages())));
        for (int stage = 0; stage < options.stages(); stage++) {
            boolean last = stage == options.stages() - 1;
            int next = last ? 3 : channels / 2;
            long weights = (long) channels * next * options.kernel() * options.kernel();
            layers.add(new Layer(
                    "up" + stage,
                    last ? "transposed convolution, tanh" : "transposed convolution, batch norm, ReLU",
                    next,
                    8 << stage,
                    weights + (last ? 0 : 2L * next),
                    patch(options, options.stages() - 1 - stage)));
            channels = next;
        }
        return layers;
    }

    private static List<Layer> discriminator(GanOptions options) {
        boolean spectral = options.remedies().spectralNorm();
        boolean deviation = options.remedies().minibatchStd();
        List<Layer> layers = new ArrayList<>();
        int channels = 3;
        for (int stage = 0; stage < options.stages(); stage++) {
            int next = options.width() << stage;
            long weights = (long) channels * next * options.kernel() * options.kernel();
            String norm = spectral ? "spectral norm, " : stage > 0 ? "batch norm, " : "";
            long normalisation = spectral ? next : stage > 0 ? 2L * next : 0;
            layers.add(new Layer(
                    "down" + stage,
                    "convolution, " + norm + "LeakyReLU",
                    next,
                    options.size() >> (stage + 1),
                    weights + normalisation,
                    patch(options, stage + 1)));
            channels = next;
        }
        layers.add(new Layer(
                "classify",
                (deviation ? "batch's deviation, " : "") + "fully connected" + (spectral ? ", spectral norm" : ""),
                1,
                1,
                16L * (channels + (deviation ? 1 : 0)) + 1,
                options.size()));
        return layers;
    }

    /** Side of the patch that {@code stages} convolutions of stride 2 see: 1 + (k − 1)·(1 + 2 + 4 + …). */
    private static int patch(GanOptions options, int stages) {
        return 1 + (options.kernel() - 1) * ((1 << stages) - 1);
    }

    /** What a step keeps of one image at once: the generator's activations while the discriminator's come and go. */
    private static long valuesPerImage(GanOptions options) {
        long image = 3L * options.size() * options.size();
        long generated = 2L * options.channelsAt4() * 16 + image;
        long judged = 0;
        for (int stage = 0; stage < options.stages(); stage++) {
            long halves = (long) (options.width() << stage)
                    * (options.size() >> (stage + 1))
                    * (options.size() >> (stage + 1));
            generated += 2 * halves;
            judged += 2 * halves;
        }
        long largest = (long) options.width() * (options.size() / 2) * (options.size() / 2);
        return generated + judged + 2 * largest + 4 * image;
    }
}
