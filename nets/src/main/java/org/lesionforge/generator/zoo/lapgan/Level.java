package org.lesionforge.generator.zoo.lapgan;

import java.util.Map;
import java.util.Optional;
import org.lesionforge.generator.Batch;
import org.lesionforge.generator.StepResult;
import org.lesionforge.generator.adversarial.AdversarialModel;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.io.Seed;
import org.lesionforge.run.GeneratorWeights;

/**
 * A level of the pyramid, which learns by itself.
 *
 * @param model its nets and how they learn
 * @param generators its generator, and its average where there is one; they are the model's
 * @param discriminator whose dropout is to follow from the number of the step; none at the coarsest level
 * @param sgd whose momentum is to follow from the epoch; none where Adam moves the nets
 * @param epochs of its training
 * @param dropout the seed of what is dropped
 */
record Level(
        AdversarialModel model,
        Map<GeneratorWeights, GeneratorNet> generators,
        Optional<ResidualDiscriminator> discriminator,
        Optional<AnnealedSgd> sgd,
        int epochs,
        Seed dropout)
        implements AutoCloseable {
    /**
     * Learns from real images of its size.
     *
     * @param batch with the iterations of this level
     * @param iteration of this level, from 0
     * @return what it came to
     */
    StepResult step(Batch batch, long iteration) {
        discriminator.ifPresent(net -> net.drop(dropout.at(iteration)));
        sgd.ifPresent(own -> own.begin(epoch(iteration, batch.iterations(), epochs)));
        return model.step(batch, iteration);
    }

    /** The epoch of a step, both from 0, in a training of so many steps and epochs. */
    static long epoch(long step, long steps, int epochs) {
        return step / Math.max(1, steps / epochs);
    }

    @Override
    public void close() {
        model.close();
        discriminator.ifPresent(ResidualDiscriminator::closeDropout);
    }
}
