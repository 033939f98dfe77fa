package org.lesionforge.cli.classifier;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.Recipe;
import org.lesionforge.classifier.probe.ProbeOptions;
import org.lesionforge.experiment.TrainedNetwork;

/** A classifier's options in one line. */
public final class ClassifierText {
    private ClassifierText() {}

    public static String of(TrainedNetwork network, ClassifierOptions options, Optional<Path> weights) {
        Architecture architecture = network.architecture();
        return architecture.title()
                + network.padding().map(word -> " with --padding " + word).orElse("") + ", "
                + weights.map(file -> "from " + file).orElse("random weights")
                + ", "
                + (options.freeze()
                        ? "last layer alone, behind the "
                                + ProbeOptions.end(options.probe(), architecture)
                                        .name() + ", " + views(options.views())
                        : "all layers, " + recipe(options))
                + ", " + options.size() + " pixels"
                + (options.freeze()
                        ? ""
                        : ", " + options.epochs() + " epochs, batch " + options.batch() + ", learning rate "
                                + options.learningRate())
                + ", positive class " + options.positive();
    }

    private static String views(int count) {
        return count == 1 ? "1 view" : count + " views";
    }

    private static String recipe(ClassifierOptions options) {
        return Stream.of(Recipe.values())
                .filter(recipe -> recipe.options().training().equals(options.training()))
                .map(recipe -> "recipe " + recipe.word())
                .findFirst()
                .orElse("a recipe of its own");
    }
}
