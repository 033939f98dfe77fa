package org.lesionforge.generator.run;

import java.util.List;
import java.util.Optional;
import org.lesionforge.run.BestSnapshot;
import org.lesionforge.run.Snapshot;

/** Which snapshot of a run whose training has ended is the best, and why. */
record BestChoice(GeneratorRun run) {
    /** @param selection the distance to validation images that chooses; empty takes the last snapshot */
    BestSnapshot of(Optional<SnapshotJudge.Selection> selection) {
        return selection.map(this::nearValidation).orElseGet(this::last);
    }

    private BestSnapshot last() {
        List<Integer> epochs = run.snapshots();
        Snapshot last = new Snapshot(epochs.get(epochs.size() - 1), run.usualWeights());
        return new BestSnapshot(
                last.epoch(),
                last.weights(),
                "the last snapshot, as in the paper (no validation images to choose by)",
                run.files().sha256(last),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private BestSnapshot nearValidation(SnapshotJudge.Selection selection) {
        SnapshotChoice choice = run.measured().choice().orElseThrow();
        return new BestSnapshot(
                choice.snapshot().epoch(),
                choice.snapshot().weights(),
                choice.reason(),
                run.files().sha256(choice.snapshot()),
                Optional.of(choice.chosen().distance()),
                Optional.of(choice.chosen().ci95()),
                Optional.of(selection.images()));
    }
}
