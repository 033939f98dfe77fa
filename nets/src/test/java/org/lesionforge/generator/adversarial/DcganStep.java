package org.lesionforge.generator.adversarial;

import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.adversarial.net.DiscriminatorNet;
import org.lesionforge.generator.adversarial.net.GeneratorNet;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.io.Seed;

/** The step that a DCGAN's model takes, between nets that a test made itself. */
final class DcganStep {
    private DcganStep() {}

    static AdversarialStep of(
            GeneratorNet generator, DiscriminatorNet discriminator, GeneratorSpec<DcganOptions> options) {
        return new AdversarialStep(
                generator,
                discriminator,
                Dcgan.FAMILY.recipe(options.own()),
                new Seed(options.common().seed()).of("remedies"));
    }
}
