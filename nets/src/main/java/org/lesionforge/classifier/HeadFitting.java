package org.lesionforge.classifier;

import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.lesionforge.classifier.probe.Examples;
import org.lesionforge.classifier.probe.LinearHead;
import org.lesionforge.classifier.probe.Probe;
import org.lesionforge.classifier.probe.ProbeFit;
import org.lesionforge.classifier.probe.TriedL2;
import org.lesionforge.classifier.recipe.ImageWeights;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.run.RunFiles.ProbeStats;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * The last layer alone, fitted to features that are computed once. Where there are several views of an image, it sees the mean of their
 * features, in training and later: since the layer is linear, that is the mean of the views' logits. Fitted to all views as images of their
 * own it comes out the same, at many times the cost.
 */
final class HeadFitting {
    private final ClassifierOptions options;
    private final FrozenFeatures frozen;
    private final Progress progress;

    HeadFitting(ClassifierOptions options, FrozenFeatures frozen, Progress progress) {
        this.options = options;
        this.frozen = frozen;
        this.progress = progress;
    }

    /** Fits {@code target}; {@code listener} receives each strength of L2, and the layer last. */
    void fit(TrainingImages train, Optional<HeldOutPart> validation, TrainingListener listener, LinearImpl target) {
        Examples examples = examples(train);
        Seed seed = new Seed(options.seed()).of("classifier probe");
        ProbeFit fit = Probe.fit(examples, seed, progress, tried -> listener.fitted(stats(tried)));
        if (!fit.converged()) {
            progress.warn("the last layer has not converged: the largest component of its gradient is "
                    + fit.gradientNorm() + " after " + fit.iterations() + " iterations");
        }
        Optional<Scores> scores = validation.map(part ->
                new Scores(Predictions.labels(part), fit.head().probabilities(frozen.mean(part, options.views()))));
        listener.fitted(stats(fit, scores));
        copy(fit.head(), target);
    }

    private Examples examples(TrainingImages train) {
        int n = train.size();
        int[] labels = Predictions.labels(train);
        boolean[] real = new boolean[n];
        boolean[] synthetic = new boolean[n];
        for (int i = 0; i < n; i++) {
            real[i] = train.isReal(i);
            synthetic[i] = train.isSynthetic(i);
        }
        ImageWeights weights = ImageWeights.of(
                options.synthetic(), synthetic, labels, train.classes().size(), options.classWeights());
        return new Examples(
                frozen.mean(train, options.views()),
                labels,
                train.classes().size(),
                IntStream.range(0, n).mapToDouble(i -> weights.of(i, labels[i])).toArray(),
                IntStream.range(0, n).mapToObj(train::group).toList(),
                real);
    }

    private static ProbeStats stats(TriedL2 tried) {
        return new ProbeStats(
                tried.l2(),
                Optional.of(tried.heldOutLoss()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                tried.iterations(),
                tried.converged(),
                tried.seconds());
    }

    private static ProbeStats stats(ProbeFit fit, Optional<Scores> validation) {
        return new ProbeStats(
                fit.l2(),
                fit.heldOutLoss(),
                Optional.of(fit.trainLoss()),
                Optional.of(fit.trainAccuracy()),
                validation.map(Scores::loss),
                validation.map(Scores::accuracy),
                fit.iterations(),
                fit.converged(),
                fit.seconds());
    }

    private static void copy(LinearHead head, LinearImpl target) {
        int classes = head.bias().length;
        int dimensions = head.weights()[0].length;
        float[] weights = new float[classes * dimensions];
        float[] bias = new float[classes];
        for (int c = 0; c < classes; c++) {
            bias[c] = (float) head.bias()[c];
            for (int j = 0; j < dimensions; j++) {
                weights[c * dimensions + j] = (float) head.weights()[c][j];
            }
        }
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            target.weight().copy_(Tensors.of(weights, classes, dimensions));
            target.bias().copy_(Tensors.of(bias, classes));
        }
    }
}
