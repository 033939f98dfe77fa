package org.lesionforge.cli.classifier;

import java.nio.file.Path;
import java.util.Optional;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.classifier.ClassifierOptions;

/** A classifier's options in one line. */
public final class ClassifierText {
    private ClassifierText() {}

    public static String of(Architecture architecture, ClassifierOptions options, Optional<Path> weights) {
        return architecture.title() + ", "
                + weights.map(file -> "from " + file).orElse("random weights")
                + ", "
                + (options.freeze() ? "last layer alone, " + options.views() + " views" : "all layers")
                + ", " + options.size() + " pixels, " + options.epochs() + " epochs, batch " + options.batch()
                + ", learning rate " + options.learningRate() + ", positive class " + options.positive();
    }
}
