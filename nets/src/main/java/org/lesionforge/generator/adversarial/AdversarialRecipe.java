package org.lesionforge.generator.adversarial;

import org.lesionforge.training.RateSchedule;

/**
 * How two nets learn from each other.
 *
 * @param latents what the generator's inputs are
 * @param loss what both minimise
 * @param penalty what the discriminator minimises beside it
 * @param discriminatorSteps how often the discriminator moves for each move of the generator, at least 1
 * @param augmentation what the discriminator sees
 * @param optimizer how both are moved
 * @param schedule how their learning rate changes
 */
public record AdversarialRecipe(
        Latents latents,
        AdversarialLoss loss,
        Penalty penalty,
        int discriminatorSteps,
        Augmentation augmentation,
        OptimizerSettings optimizer,
        RateSchedule schedule) {
    /** @param iteration steps done before this one */
    boolean generatorMoves(long iteration) {
        return (iteration + 1) % discriminatorSteps == 0;
    }
}
