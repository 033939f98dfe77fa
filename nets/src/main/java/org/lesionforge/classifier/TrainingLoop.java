package org.lesionforge.classifier;

import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.EpochStats;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** The paper's training: some epochs of Adagrad steps on the cross-entropy, each on one shuffled batch. */
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
        Loss loss = new Loss(options, learner.counts());
        Rounds rounds = new Rounds(seed.of("order"), learner.size(), options.imagesOfEpoch(learner.size()));
        try (TrainingState state = new TrainingState(learner, options)) {
            listener.begin(state);
            while (state.position.epoch() <= options.epochs()) {
                finishEpoch(state, rounds.epoch(state.position.epoch()), loss);
                learner.net().eval();
                listener.epoch(state.endEpoch(learner.validate()));
                listener.step(state);
            }
            return state.selector.choose();
        }
    }

    /** Takes the batches of the epoch under way that are left. */
    void finishEpoch(TrainingState state, int[] order, Loss loss) {
        state.learner.net().train(true);
        List<int[]> batches = Batches.of(order, options.batch());
        while (state.position.batch() < batches.size()) {
            int[] batch = batches.get(state.position.batch());
            finishGradient(state, batch, order.length, loss);
            state.optimizer.step();
            state.position = state.position.afterBatch();
            if (state.position.batch() < batches.size()) {
                // The end of the epoch, validation included, is one moment with its last batch.
                listener.step(state);
            }
        }
    }

    /** Adds up the gradients of the micro-batches that are left of a batch. */
    private void finishGradient(TrainingState state, int[] batch, int epochImages, Loss loss) {
        long before = (state.position.epoch() - 1L) * epochImages;
        long images = (long) options.epochs() * epochImages;
        if (state.position.microBatch() == 0) {
            state.optimizer.zeroGradients();
        }
        List<int[]> pieces = Batches.micro(batch, state.learner.microBatch());
        while (state.position.microBatch() < pieces.size()) {
            int[] micro = pieces.get(state.position.microBatch());
            throwIfStopped(state, before + state.tally.images(), images);
            addGradients(state, micro, (double) micro.length / batch.length, loss);
            progress.advance(
                    TASK,
                    before + state.tally.images(),
                    images,
                    String.format(
                            Locale.ROOT,
                            "epoch %d/%d  loss %.4f",
                            state.position.epoch(),
                            options.epochs(),
                            state.tally.loss()));
        }
    }

    private void throwIfStopped(TrainingState state, long done, long images) {
        try {
            progress.cancellation().throwIfRequested(TASK, done, images);
        } catch (InterruptedRunException e) {
            throw listener.stopped(state, e);
        }
    }

    /** Adds a micro-batch's share of the batch's gradient: each image of the batch weighs the same. */
    private void addGradients(TrainingState state, int[] micro, double share, Loss criterion) {
        Learner learner = state.learner;
        int epoch = state.position.epoch();
        try (Scope scope = new Scope()) {
            Tensor input = learner.input(micro, epoch);
            Tensor truth = labels(learner, micro).to(input.device(), torch.ScalarType.Long);
            Backbone.Output output = learner.forward(input);
            Tensor main = criterion.of(output.logits(), truth);
            criterion.withAuxiliary(main, output, truth).mul(new Scalar(share)).backward();
            long correct = Math.round(Tensors.item(
                    output.logits().argmax(new LongOptional(1), false).eq(truth).sum()));
            double mean = Tensors.item(main);
            requireFinite(mean, epoch);
            state.endMicroBatch(micro.length, mean, correct);
        }
    }

    /** Nothing heals a net whose weights are NaN, so the hours that are left are saved. */
    private void requireFinite(double loss, int epoch) {
        if (!Double.isFinite(loss)) {
            throw new UnusableInputException("the classifier's loss became " + loss + " in epoch " + epoch
                    + ": training has diverged; try a lower learning rate than " + options.learningRate());
        }
    }

    private static Tensor labels(Learner learner, int[] images) {
        long[] labels = new long[images.length];
        for (int i = 0; i < images.length; i++) {
            labels[i] = learner.label(images[i]);
        }
        return Tensors.ofLongs(labels, labels.length);
    }
}
