package org.lesionforge.generator.zoo.mlp;

import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.Meaning;
import org.lesionforge.generator.ModelOptions;
import org.lesionforge.generator.adversarial.SharedRemedies;
import org.lesionforge.training.Range;

/**
 * What a vanilla GAN has beside {@link GeneratorOptions}.
 *
 * @param latent length of z, normally distributed
 * @param learningRate of Adam, for both nets
 * @param beta1 of Adam; β2 is 0.999
 * @param classifierHead whether the discriminator also classifies the real images
 * @param remedies against overfitting
 */
public record MlpOptions(
        @Meaning("length of the random input z, at least 1") int latent,
        @Meaning("Adam's learning rate, both nets") double learningRate,
        @Meaning("Adam's beta 1, in [0, 1); beta 2 is 0.999") double beta1,
        @Meaning("the discriminator also classifies the real images, of two classes or more") boolean classifierHead,
        @Meaning("against overfitting") SharedRemedies remedies)
        implements ModelOptions {
    /** The usual training of this GAN, without a classifier and without remedies. */
    public static final MlpOptions DEFAULTS = new MlpOptions(100, 2e-4, 0.5, false, SharedRemedies.NONE);

    /**
     * Refuses what no training can be run with.
     *
     * @param latent at least 1
     * @param learningRate above 0
     * @param beta1 in [0, 1)
     * @param classifierHead whether there are classes to learn
     * @param remedies against overfitting
     * @throws IllegalArgumentException when one is outside its range, with the value and the range
     */
    public MlpOptions {
        Range.require(latent >= 1, "the generator's latent length", "at least 1", latent);
        Range.require(learningRate > 0, "the generator's learning rate", "above 0", learningRate);
        Range.require(beta1 >= 0 && beta1 < 1, "the generator's beta 1", "in [0, 1)", beta1);
    }
}
