package org.lesionforge.classifier;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.lesionforge.classifier.recipe.Selection;
import org.lesionforge.run.EpochStats;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;

/** Keeps in memory the weights of the epoch that was best on the validation part, where that is asked for. */
final class Selector implements AutoCloseable {
    private final Selection selection;
    private final Module net;
    private final Map<String, Tensor> kept = new LinkedHashMap<>();
    private @Nullable EpochStats chosen;

    Selector(Selection selection, Module net) {
        this.selection = selection;
        this.net = net;
    }

    /** Receives an epoch that the net has just finished. */
    void accept(EpochStats stats) {
        if (selection == Selection.LAST) {
            chosen = stats;
        } else if (chosen == null || Double.compare(cost(stats), cost(chosen)) < 0) {
            // Double.compare puts NaN last: with < an epoch whose cost is NaN could never be replaced.
            chosen = stats;
            try (Scope scope = new Scope()) {
                keep(StateDict.of(net));
            }
        }
    }

    private double cost(EpochStats stats) {
        return selection == Selection.BEST_AUC
                ? -stats.validationAuc().orElseThrow()
                : stats.validationLoss().orElseThrow();
    }

    /** Whether it keeps a copy of the net. */
    boolean keepsWeights() {
        return selection.needsValidation();
    }

    /** The weights of the best epoch so far, its own; none before the first, and none where the last one is chosen. */
    Map<String, Tensor> kept() {
        return kept;
    }

    /** The epoch that is chosen so far. */
    Optional<EpochStats> chosen() {
        return Optional.ofNullable(chosen);
    }

    /**
     * Takes up what another came to.
     *
     * @param epoch that it had chosen; null for none
     * @param weights of that epoch, which are copied; none where it kept none
     */
    void restore(@Nullable EpochStats epoch, Map<String, Tensor> weights) {
        chosen = epoch;
        keep(weights);
    }

    /** Gives the net the weights of the chosen epoch. */
    EpochStats choose() {
        if (!kept.isEmpty()) {
            StateDict.load(net, kept);
        }
        return Objects.requireNonNull(chosen, "no epoch was finished");
    }

    private void keep(Map<String, Tensor> weights) {
        close();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            weights.forEach((name, tensor) -> kept.put(name, Scope.own(tensor.clone())));
        }
    }

    @Override
    public void close() {
        kept.values().forEach(Tensor::close);
        kept.clear();
    }
}
