package org.lesionforge.cli.generator;

import java.util.Optional;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.LearnedClasses;
import picocli.CommandLine.Option;

/** The choice of the class of which images are drawn. */
final class DrawnClassOption {
    @Option(
            names = "--class",
            paramLabel = "NAME",
            description = "The class of the images. A conditional generator of several classes needs it; any other has "
                    + "one alone.")
    String className;

    /** @throws IllegalArgumentException when the generator needs a name, or has no such class; the message lists those there are */
    LearnedClasses.Drawable of(GeneratorRun gan) {
        return gan.config().learned().drawn(Optional.ofNullable(className));
    }
}
