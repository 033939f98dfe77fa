package org.lesionforge.generator.run;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.generator.ImageClassifier;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.ClassificationEvaluation;

/**
 * What the classifier that a generator's training made is worth.
 *
 * @param classifier of a snapshot of a run
 * @param classes that the run learned
 */
public record HeadEvaluation(ImageClassifier classifier, LearnedClasses classes) {
    /**
     * Compares what it says of images with what they are.
     *
     * @param images there at the classifier's size; those of classes that were not learned are left out
     * @param positive the class whose probability is the score, one of the learned
     * @param source of the images, for messages
     * @return all figures
     * @throws UnusableInputException when no image is of a class that was learned, or they are not there at this size
     */
    public ClassificationEvaluation of(LabelledImages images, String positive, Path source) {
        int[] chosen = IntStream.range(0, images.size())
                .filter(i -> classes.index(images, i) >= 0)
                .toArray();
        if (chosen.length == 0) {
            throw new UnusableInputException(source + " has no image of the classes " + classes.names()
                    + " in this part; its classes are " + images.classes());
        }
        int[] truth = IntStream.of(chosen).map(i -> classes.index(images, i)).toArray();
        double[][] probabilities =
                classifier.probabilities(images.at(classifier.side()).selected(chosen));
        return ClassificationEvaluation.of(truth, probabilities, classes.names(), positive);
    }
}
