package org.lesionforge.classifier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.classifier.recipe.ImageWeights;
import org.lesionforge.classifier.recipe.Optimisation;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.classifier.recipe.WeightUpdate;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.EpochStats;
import org.lesionforge.torch.Gradients;
import org.lesionforge.torch.HostCopy;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.optim.Optimizer;
import org.lesionforge.torch.optim.Refusal;
import org.lesionforge.training.AverageDecay;
import org.lesionforge.training.Position;
import org.lesionforge.training.Tally;
import org.lesionforge.training.TensorGroups;
import org.lesionforge.training.WeightAverage;

/**
 * Everything that training changes: the net, what the optimiser remembers, the weights' average, the best epoch so far, where dropout's generator stands,
 * and the counters.
 * Restored from a checkpoint, training continues as if it had never stopped, in the midst of an epoch, and of a batch.
 *
 * <p>Order, transforms and mixing are not among it: they follow from the seed and the number of the epoch or of the step.
 */
final class TrainingState implements AutoCloseable {
    private static final String NET = "net";
    private static final String AVERAGE = "average";
    private static final String GRADIENT = "gradient";
    private static final String BEST = "best";
    private static final String DROPOUT = "dropout.state";

    final Learner learner;
    final Optimizer optimizer;
    final Selector selector;
    final ImageWeights weights;

    /** Micro-batches done, of all epochs: a number that no two moments share. */
    long iteration;

    private final ClassifierOptions options;
    private final Optional<WeightAverage> average;
    private final int syntheticEpochs;

    /** A micro-batch of so many images whose loss, answers and step are not read yet. */
    private record Pending(int images, HostCopy copy) {}

    private Optional<Pending> pending = Optional.empty();
    /** Of the micro-batches of the batch under way, which decide whether its step is made. */
    private final List<Tensor> losses = new ArrayList<>();

    Position position = Position.START;
    Tally tally = Tally.NONE;

    private double secondsBefore;
    private long since = System.nanoTime();

    /** The beginning. */
    TrainingState(Learner learner, ClassifierOptions options) {
        this.learner = learner;
        this.options = options;
        Optimisation how = options.training().optimisation();
        optimizer = how.optimizer().of(learner.net(), options.learningRate());
        average = how.ema() > 0
                ? Optional.of(WeightAverage.of(learner.net(), new AverageDecay.PerStep(how.ema())))
                : Optional.empty();
        options.training().dropout().ifPresent(learner.dropout()::setRate);
        selector = new Selector(options.selection(), learner.net());
        weights = ImageWeights.of(
                options.synthetic(),
                learner.synthetic(),
                learner.labels(),
                learner.counts().length,
                options.classWeights());
        syntheticEpochs = options.synthetic().firstEpochs(options.epochs(), learner.syntheticCount(), learner.size());
        learner.dropout().seed(new Seed(options.seed()).of("classifier").of("dropout"));
    }

    /**
     * Counts a micro-batch whose gradients have been added.
     *
     * @param meanLoss of its images, in nats; read when the state is {@linkplain #settle settled}
     * @param correct how many of them were classified rightly
     */
    void endMicroBatch(int images, Tensor meanLoss, Tensor correct) {
        settle();
        losses.add(Scope.own(meanLoss.detach()));
        pending = Optional.of(new Pending(images, HostCopy.of(List.of(meanLoss, correct))));
        position = position.afterMicroBatch();
        iteration++;
    }

    /** Images of the epoch under way that were trained on. */
    long images() {
        return tally.images() + pending.map(Pending::images).orElse(0);
    }

    /**
     * Reads what the last micro-batch and the step after it came to; waits for the device.
     *
     * @throws UnusableInputException when training has diverged: nothing heals it, so the hours that are left are saved. The weights are those before
     */
    void settle() {
        if (pending.isEmpty()) {
            return;
        }
        Pending last = pending.get();
        pending = Optional.empty();
        List<float[]> read = last.copy.read();
        float loss = read.get(0)[0];
        if (!Float.isFinite(loss)) {
            throw diverged("loss became " + loss);
        }
        tally = tally.plus(last.images, loss, Math.round(read.get(1)[0]));
        if (read.size() > 2 && read.get(2)[0] != 0) {
            throw diverged("gradient became infinite or NaN");
        }
    }

    private UnusableInputException diverged(String what) {
        return new UnusableInputException("the classifier's " + what + " in epoch " + position.epoch()
                + ": training has diverged; try a lower learning rate than " + options.learningRate());
    }

    /** Time that the epoch under way has taken, over all starts. */
    double epochSeconds() {
        return secondsBefore + (System.nanoTime() - since) / 1e9;
    }

    /** Moves the weights along the batch's gradients. */
    void step(long batchesOfEpoch) {
        long step = position.step(batchesOfEpoch);
        try (Scope scope = new Scope()) {
            Refusal refusal = new WeightUpdate(
                            learner.net(),
                            optimizer,
                            options.training().optimisation(),
                            options.epochs(),
                            batchesOfEpoch)
                    .step(step, losses);
            average.ifPresent(running ->
                    refusal.unlessRaised(running.state().values(), () -> running.update(learner.net(), 1, step + 1)));
            pending = pending.map(last ->
                    new Pending(last.images, last.copy.and(refusal.found().orElseThrow())));
        }
        forgetLosses();
    }

    private void forgetLosses() {
        losses.forEach(Tensor::close);
        losses.clear();
    }

    /** Exchanges the weights with their average, where there is one: before the average is looked at and after. */
    void swapAverage() {
        average.ifPresent(running -> running.swap(learner.net()));
    }

    /** Ends the epoch under way. */
    EpochStats endEpoch(Optional<Scores> validation) {
        EpochStats stats = new EpochStats(
                position.epoch(),
                tally.loss(),
                tally.accuracy(),
                validation.map(Scores::loss),
                validation.map(Scores::accuracy),
                epochSeconds(),
                options.selection() == Selection.BEST_AUC
                        ? validation.map(scores -> scores.auc(learner.positive()))
                        : Optional.empty());
        // Of a net that has seen synthetic images alone nothing is kept.
        if (stats.epoch() > syntheticEpochs) {
            selector.accept(stats);
        }
        position = position.afterEpoch();
        tally = Tally.NONE;
        secondsBefore = 0;
        since = System.nanoTime();
        return stats;
    }

    /** All tensors: its own, or copies that a scope around the call frees. */
    Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        TensorGroups.put(tensors, NET, StateDict.of(learner.net()));
        TensorGroups.put(tensors, optimizerName(), optimizer.state());
        average.ifPresent(running -> TensorGroups.put(tensors, AVERAGE, running.state()));
        TensorGroups.put(tensors, BEST, selector.kept());
        if (position.microBatch() > 0) {
            TensorGroups.put(tensors, GRADIENT, Gradients.of(learner.net()));
        }
        tensors.put(DROPOUT, learner.dropout().state());
        return tensors;
    }

    /**
     * Takes up what another state of the same options came to.
     *
     * @param tensors as {@link #tensors} gives them
     * @throws UnusableInputException when they are those of other options
     */
    void restore(ClassifierCheckpoint checkpoint, Map<String, Tensor> tensors) {
        Tensor dropout = tensors.get(DROPOUT);
        if (dropout == null) {
            throw new UnusableInputException("the checkpoint has no tensor '" + DROPOUT + "'");
        }
        StateDict.load(learner.net(), TensorGroups.of(NET, tensors));
        optimizer.load(TensorGroups.of(optimizerName(), tensors));
        average.ifPresent(running -> running.load(TensorGroups.of(AVERAGE, tensors)));
        Gradients.set(learner.net(), TensorGroups.of(GRADIENT, tensors));
        selector.restore(checkpoint.chosen(), TensorGroups.of(BEST, tensors));
        learner.dropout().restore(dropout);
        iteration = checkpoint.iteration();
        position = checkpoint.position();
        tally = checkpoint.tally();
        secondsBefore = checkpoint.epochSeconds();
        since = System.nanoTime();
    }

    private String optimizerName() {
        return options.training().optimisation().optimizer().word();
    }

    /** Size of all tensors in a file, at most. */
    long mostBytes() {
        try (Scope scope = new Scope()) {
            long net = TensorGroups.bytes(StateDict.of(learner.net()));
            // Parameters, those of the best epoch, their average, sums and gradients.
            return (selector.keepsWeights() ? 2 : 1) * net
                    + average.map(running -> net).orElse(0L)
                    + TensorGroups.bytes(optimizer.state())
                    + TensorGroups.bytes(StateDict.parameters(learner.net()))
                    + learner.dropout().state().nbytes();
        }
    }

    @Override
    public void close() {
        pending.ifPresent(last -> last.copy.close());
        forgetLosses();
        selector.close();
        optimizer.close();
        average.ifPresent(WeightAverage::close);
    }
}
