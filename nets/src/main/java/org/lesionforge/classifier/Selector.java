package org.lesionforge.classifier;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.lesionforge.run.EpochStats;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/** Keeps in memory the weights of the epoch that was best on the validation part, where that is asked for. */
final class Selector implements AutoCloseable {
    private final ClassifierOptions.Selection selection;
    private final Module net;
    private final Map<String, Tensor> kept = new LinkedHashMap<>();
    private @Nullable EpochStats chosen;

    Selector(ClassifierOptions.Selection selection, Module net) {
        this.selection = selection;
        this.net = net;
    }

    /** Receives an epoch that the net has just finished. */
    void accept(EpochStats stats) {
        if (selection == ClassifierOptions.Selection.LAST) {
            chosen = stats;
        } else if (chosen == null || Double.compare(loss(stats), loss(chosen)) < 0) {
            // Double.compare puts NaN last: with < an epoch whose loss is NaN could never be replaced.
            chosen = stats;
            keep();
        }
    }

    private static double loss(EpochStats stats) {
        return stats.validationLoss().orElseThrow();
    }

    /** Gives the net the weights of the chosen epoch. */
    EpochStats choose() {
        if (!kept.isEmpty()) {
            StateDict.load(net, kept);
        }
        return Objects.requireNonNull(chosen, "no epoch was finished");
    }

    private void keep() {
        close();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            StateDict.of(net).forEach((name, tensor) -> kept.put(name, scope.keep(tensor.clone())));
        }
    }

    @Override
    public void close() {
        kept.values().forEach(Tensor::close);
        kept.clear();
    }
}
