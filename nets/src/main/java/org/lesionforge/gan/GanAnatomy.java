package org.lesionforge.gan;

import org.lesionforge.io.Seed;
import org.lesionforge.nn.ModelSummary;
import org.lesionforge.torch.StateDict;

/**
 * What a GAN's nets consist of and what training them takes, from a walk through the nets that its options build.
 *
 * @param generator its layers, from z on
 * @param discriminator its layers, from the image on
 * @param memory that one training step needs
 */
public record GanAnatomy(ModelSummary generator, ModelSummary discriminator, Memory memory) {
    /**
     * Memory of a training step in bytes, beside the 0.4 GB of the program itself: within a tenth of what five
     * trainings on a CPU took, of 0.6 to 1.5 GB.
     *
     * @param nets weights of both nets, their gradients and Adam's two moments
     * @param average of the generator's weights
     * @param activations of one batch, with the gradients that pass through them
     */
    public record Memory(long nets, long average, long activations) {
        /** {@return the sum of all parts, in bytes} */
        public long total() {
            return nets + average + activations;
        }
    }

    private static final long FLOAT = 4;

    /**
     * Builds both nets, walks through them and frees them.
     *
     * @param options sizes of the nets and of the batch
     * @return what these options make
     */
    public static GanAnatomy of(GanOptions options) {
        ModelSummary generator = generator(options);
        ModelSummary discriminator = discriminator(options);
        boolean averaged = options.remedies().emaHalfLife() > 0;
        return new GanAnatomy(
                generator,
                discriminator,
                new Memory(
                        4 * FLOAT * (generator.parameters() + discriminator.parameters()),
                        averaged ? FLOAT * generator.parameters() : 0,
                        FLOAT * options.batch() * valuesPerImage(generator, discriminator)));
    }

    /**
     * Additions and multiplications that the convolutions and fully connected layers of a step cost per real image, in billions. Through the
     * generator once forward and twice back; through the discriminator three times forward, five times back (to weights and images for two
     * batches, to images alone for the generator), where the images of its own step need no gradient.
     *
     * @return 10⁹ additions and multiplications, each counted as one; those of the remedies are not counted
     */
    public double gigaflopPerImage() {
        return 2
                * (3.0 * generator.multiplyAdds()
                        + 8.0 * discriminator.multiplyAdds()
                        - 2.0 * discriminator.rows().get(0).multiplyAdds())
                / 1e9;
    }

    private static ModelSummary generator(GanOptions options) {
        Generator net = new Generator(options, new Seed(0));
        try {
            return net.summary();
        } finally {
            StateDict.free(net);
        }
    }

    private static ModelSummary discriminator(GanOptions options) {
        Discriminator net = new Discriminator(options, new Seed(0));
        try {
            return net.summary();
        } finally {
            StateDict.free(net);
        }
    }

    /** What a step keeps of one image at once: the generator's activations while the discriminator's come and go. */
    private static long valuesPerImage(ModelSummary generator, ModelSummary discriminator) {
        int last = generator.rows().size() - 1;
        long image = generator.rows().get(last).values();
        // What z is projected to is there twice more, before and after it is brought into the order of images.
        long generated = 2 * generator.rows().get(0).values() + image;
        for (ModelSummary.Row row : generator.rows().subList(0, last)) {
            generated += 2 * row.values();
        }
        long judged = 0;
        for (ModelSummary.Row row :
                discriminator.rows().subList(0, discriminator.rows().size() - 1)) {
            judged += 2 * row.values();
        }
        long largest = discriminator.rows().get(0).values();
        return generated + judged + 2 * largest + 4 * image;
    }
}
