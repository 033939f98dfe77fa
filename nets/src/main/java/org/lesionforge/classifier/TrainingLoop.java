package org.lesionforge.classifier;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Adagrad;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.EpochStats;
import org.lesionforge.torch.Optimizers;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/** The paper's training: some epochs of Adagrad steps on the cross-entropy, each on one shuffled batch. */
final class TrainingLoop {
    private static final String TASK = "training the classifier, images";

    private final ClassifierOptions options;
    private final Seed seed;
    private final Progress progress;
    private final Consumer<EpochStats> listener;

    TrainingLoop(ClassifierOptions options, Progress progress, Consumer<EpochStats> listener) {
        this.options = options;
        this.seed = new Seed(options.seed()).of("classifier");
        this.progress = progress;
        this.listener = listener;
    }

    /** Trains, and leaves the net with the weights of the epoch that it returns. */
    EpochStats run(Learner learner) {
        learner.dropout().seed(seed.of("dropout"));
        Loss loss = new Loss(options, learner.counts());
        Rounds rounds = new Rounds(seed.of("order"), learner.size(), options.imagesOfEpoch(learner.size()));
        try (Adagrad optimizer = Optimizers.adagrad(learner.net().parameters(), options.learningRate());
                Selector selector = new Selector(options.selection(), learner.net())) {
            for (int epoch = 1; epoch <= options.epochs(); epoch++) {
                long started = System.nanoTime();
                Tally training = trainEpoch(learner, optimizer, rounds.epoch(epoch), loss, epoch);
                learner.net().eval();
                EpochStats stats = stats(epoch, training, learner.validate(), started);
                listener.accept(stats);
                selector.accept(stats);
            }
            return selector.choose();
        }
    }

    Tally trainEpoch(Learner learner, Adagrad optimizer, int[] order, Loss loss, int epoch) {
        learner.net().train(true);
        Tally tally = new Tally();
        long before = (long) (epoch - 1) * order.length;
        long images = (long) options.epochs() * order.length;
        Cancellation cancellation = progress.cancellation();
        for (int[] batch : Batches.of(order, options.batch())) {
            optimizer.zero_grad();
            for (int[] micro : Batches.micro(batch, learner.microBatch())) {
                cancellation.throwIfRequested(TASK, before + tally.images, images);
                addGradients(learner, micro, (double) micro.length / batch.length, loss, epoch, tally);
                progress.advance(
                        TASK,
                        before + tally.images,
                        images,
                        String.format(Locale.ROOT, "epoch %d/%d  loss %.4f", epoch, options.epochs(), tally.loss()));
            }
            try (Scope scope = new Scope()) {
                optimizer.step();
            }
        }
        return tally;
    }

    /** Adds a micro-batch's share of the batch's gradient: each image of the batch weighs the same. */
    private void addGradients(Learner learner, int[] micro, double share, Loss criterion, int epoch, Tally tally) {
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
            tally.add(micro.length, mean, correct);
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

    private static EpochStats stats(int epoch, Tally training, Optional<Scores> validation, long started) {
        return new EpochStats(
                epoch,
                training.loss(),
                training.accuracy(),
                validation.map(Scores::loss),
                validation.map(Scores::accuracy),
                (System.nanoTime() - started) / 1e9);
    }

    /** Sums over the images of an epoch. */
    static final class Tally {
        private long images;
        private double lossSum;
        private long correct;

        void add(int count, double meanLoss, long correctCount) {
            images += count;
            lossSum += count * meanLoss;
            correct += correctCount;
        }

        double loss() {
            return lossSum / images;
        }

        double accuracy() {
            return (double) correct / images;
        }
    }
}
