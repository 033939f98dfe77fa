package org.lesionforge.classifier;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.classifier.recipe.EpochGroups;
import org.lesionforge.classifier.recipe.Loss;
import org.lesionforge.classifier.recipe.Mix;
import org.lesionforge.classifier.recipe.TrainingOrder;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.run.EpochStats;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.Scope;
import org.lesionforge.training.Batches;

/** Some epochs of the optimiser's steps on the cross-entropy, each on one batch of the shuffled images. */
final class TrainingLoop {
    private static final String TASK = "training the classifier, images";

    private final ClassifierOptions options;
    private final Seed seed;
    private final Progress progress;
    private final TrainingListener listener;

    TrainingLoop(ClassifierOptions options, Progress progress, TrainingListener listener) {
        this.options = options;
        this.seed = new Seed(options.seed()).of("classifier");
        this.progress = progress;
        this.listener = listener;
    }

    /** Trains, and leaves the net with the weights of the epoch that it returns. */
    EpochStats run(Learner learner) {
        IntFunction<int[]> order = order(learner);
        try (TrainingState state = new TrainingState(learner, options)) {
            Loss loss = new Loss(options.auxiliaryWeight(), state.weights.ofClasses());
            listener.begin(state);
            while (state.position.epoch() <= options.epochs()) {
                finishEpoch(state, order.apply(state.position.epoch()), loss);
                learner.net().eval();
                state.swapAverage();
                listener.epoch(state.endEpoch(learner.validate()));
                state.swapAverage();
                listener.step(state);
            }
            state.swapAverage();
            return state.selector.choose();
        }
    }

    /** The images of each epoch, by its number from 1. */
    private IntFunction<int[]> order(Learner learner) {
        TrainingOrder order = new TrainingOrder(
                seed.of("order"),
                learner.labels(),
                options.imagesOfEpoch(learner.size()),
                options.training().balanced());
        int first = options.synthetic().firstEpochs(options.epochs(), learner.syntheticCount(), learner.size());
        return first == 0 ? order.mixed() : order.inTurn(learner.synthetic(), first);
    }

    /** Takes the batches of the epoch under way that are left. */
    void finishEpoch(TrainingState state, int[] order, Loss loss) {
        state.learner.net().train(true);
        List<int[]> batches = Batches.of(order, options.batch());
        EpochGroups groups = new EpochGroups(options.training().softLabels(), options.size(), seed.of("mixing"));
        try (Learner.Inputs inputs = state.learner.inputs(
                groups.left(batches, state.position, state.learner.microBatch()), state.position.epoch())) {
            while (state.position.batch() < batches.size()) {
                int[] images = batches.get(state.position.batch());
                Mix mix = groups.mix(state.position.step(batches.size()));
                try (TrainingBatch batch = new TrainingBatch(
                        state.learner, options.training().softLabels(), state.weights, images, mix, inputs)) {
                    finishGradient(state, batch, Batches.micro(images, state.learner.microBatch()), order.length, loss);
                }
                state.step(batches.size());
                state.position = state.position.afterBatch();
                if (state.position.batch() < batches.size()) {
                    // The end of the epoch, validation included, is one moment with its last batch.
                    listener.step(state);
                }
            }
        }
        state.settle();
    }

    /** Adds up the gradients of the micro-batches that are left of a batch. */
    private void finishGradient(
            TrainingState state, TrainingBatch batch, List<int[]> pieces, int epochImages, Loss loss) {
        long before = (state.position.epoch() - 1L) * epochImages;
        long all = (long) options.epochs() * epochImages;
        if (state.position.microBatch() == 0) {
            state.optimizer.zeroGradients();
        }
        while (state.position.microBatch() < pieces.size()) {
            throwIfStopped(state, before + state.images(), all);
            addGradients(state, batch, pieces, loss);
            progress.advance(TASK, before + state.images(), all, describe(state));
        }
    }

    /** With the loss as far as it was read. */
    private String describe(TrainingState state) {
        String epoch = "epoch " + state.position.epoch() + "/" + options.epochs();
        return state.tally.images() == 0
                ? epoch
                : epoch + String.format(Locale.ROOT, "  loss %.4f", state.tally.loss());
    }

    private void throwIfStopped(TrainingState state, long done, long images) {
        try {
            progress.cancellation().throwIfRequested(TASK, done, images);
        } catch (InterruptedRunException e) {
            throw listener.stopped(state, e);
        }
    }

    /** Adds a micro-batch's share of the batch's gradient: each image counts by its weight. */
    private void addGradients(TrainingState state, TrainingBatch batch, List<int[]> pieces, Loss criterion) {
        int first = pieces.stream()
                .limit(state.position.microBatch())
                .mapToInt(piece -> piece.length)
                .sum();
        int count = pieces.get(state.position.microBatch()).length;
        try (Scope scope = new Scope();
                Arithmetic training = state.learner.arithmetic()) {
            Tensor input = batch.input(first, count);
            Tensor truth = batch.truth(first, count, input.device());
            // The micro-batch before is read when this one is ready.
            state.settle();
            Backbone.Output output = state.learner.forward(input);
            Tensor target = batch.target(first, count, truth);
            Tensor main = criterion.of(output.logits(), target);
            Gradients.add(criterion.withAuxiliary(main, output, target).mul(new Scalar((double) count / batch.size())));
            Tensor correct = output.logits()
                    .argmax(new LongOptional(1), false)
                    .eq(batch.classes(truth))
                    .sum();
            state.endMicroBatch(count, main, correct);
        }
    }
}
