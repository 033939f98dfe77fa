package org.lesionforge.generator.run;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.Snapshot;
import org.lesionforge.torch.file.Safetensors;

/**
 * Reads the snapshots of a run.
 *
 * @param run that they are of
 * @param progress receives a warning about files without checksums
 */
record SnapshotReader(GeneratorRun run, Progress progress) {
    /**
     * @param use of the tensors, which are freed after it; not called in a scope, which would end the nets that it makes
     * @return what {@code use} made
     * @throws UnusableInputException when there is no such snapshot, or its file is not what was written
     */
    <T> T read(Snapshot snapshot, Function<Map<String, Tensor>, T> use) {
        require(snapshot);
        Map<String, Tensor> tensors =
                Safetensors.open(run.snapshotFile(snapshot)).tensors();
        try {
            return use.apply(tensors);
        } finally {
            tensors.values().forEach(Tensor::close);
        }
    }

    /** @throws UnusableInputException when there is no such snapshot, or its file is not what was written */
    void require(Snapshot snapshot) {
        if (!Files.isRegularFile(run.snapshotFile(snapshot))) {
            List<Integer> epochs = run.files().epochs();
            throw new UnusableInputException(run.folder() + " has no snapshot of " + snapshot
                    + (epochs.isEmpty()
                            ? ", nor of any other epoch; bring its folder checkpoints back as it was, or train anew"
                            : "; it has those of epochs " + epochs + " (the last ones and the best are kept)"));
        }
        requireUnchanged(snapshot);
    }

    /** By what was remembered when it was written, or when it was chosen: of a run that was taken over there is the best alone. */
    private void requireUnchanged(Snapshot snapshot) {
        Optional<String> sha256 = run.files().sha256(snapshot).or(() -> Optional.of(snapshot)
                .filter(chosen -> run.isFinished() && run.best().snapshot().equals(chosen))
                .flatMap(chosen -> run.best().sha256()));
        if (sha256.isEmpty()) {
            progress.warn(Checksums.UNKNOWN);
            return;
        }
        Checksums.require(
                run.snapshotFile(snapshot),
                sha256.get(),
                "bring it back as it was, take another snapshot (it has those of epochs " + run.snapshots()
                        + "), or train anew");
    }
}
