package org.lesionforge.generator.adversarial;

import java.util.List;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.nn.ModelSummary;

/** What training a generator and a discriminator takes, from a walk through both nets. */
public final class AdversarialSummary {
    private static final long FLOAT = 4;

    private AdversarialSummary() {}

    /**
     * Puts the summaries of both nets together. The memory is within a tenth of what five trainings on a CPU took, of 0.6 to 1.5 GB.
     *
     * @param generator from z on
     * @param discriminator from the image on
     * @param averaged whether there is an average of the generator's weights
     * @param batch images per step
     * @param recipe how they learn from each other
     * @return what they consist of and what training them takes
     */
    public static GeneratorSummary of(
            ModelSummary generator, ModelSummary discriminator, boolean averaged, int batch, AdversarialRecipe recipe) {
        return new GeneratorSummary(
                List.of(
                        new GeneratorSummary.Net("generator", "reaches", generator),
                        new GeneratorSummary.Net("discriminator", "sees", discriminator)),
                new GeneratorSummary.Memory(
                        4 * FLOAT * (generator.parameters() + discriminator.parameters()),
                        averaged ? FLOAT * generator.parameters() : 0,
                        FLOAT * batch * valuesPerImage(generator, discriminator, recipe)),
                gigaflopPerImage(generator, discriminator, recipe));
    }

    /**
     * Through the generator once forward; through the discriminator twice forward and four times back, to weights and images for two batches, whose
     * images need no gradient. Where the generator moves, twice back through it, once forward and once back through the discriminator. A penalty
     * with a pass of its own goes forward and back to the images, and twice as much back through both. Another penalty is not counted.
     */
    private static double gigaflopPerImage(
            ModelSummary generator, ModelSummary discriminator, AdversarialRecipe recipe) {
        double moves = 1.0 / recipe.discriminatorSteps();
        double own = recipe.penalty().hasOwnPoints() ? 6 : 0;
        return 2
                * ((1 + 2 * moves) * generator.multiplyAdds()
                        + (6 + 2 * moves + own) * discriminator.multiplyAdds()
                        - 2.0 * discriminator.rows().get(0).multiplyAdds())
                / 1e9;
    }

    /** What a step keeps of one image at once: the generator's activations while the discriminator's come and go. */
    private static long valuesPerImage(ModelSummary generator, ModelSummary discriminator, AdversarialRecipe recipe) {
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
        if (recipe.penalty().hasOwnPoints()) {
            // The pass back to the images is kept as the pass forward is.
            judged *= 2;
        }
        long largest = discriminator.rows().get(0).values();
        return generated + judged + 2 * largest + 4 * image;
    }
}
