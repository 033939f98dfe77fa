package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lesionforge.StopAfter;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;

/** A training of a whole net, with all its files: the same whenever it begins again. */
record WholeTraining(
        Dataset dataset, Architecture network, ClassifierOptions options, Optional<PretrainedWeights> weights) {
    private static final String TASK = "training the classifier, images";

    /** Begins or resumes; then what the run holds, and what its classifier says, without the time. */
    Map<String, String> run(Path folder, Progress progress) throws IOException {
        ClassifierRun run = ClassifierRun.isRun(folder)
                ? ClassifierRun.open(folder)
                : ClassifierRun.create(folder, dataset.training(), network, options, weights);
        Optional<HeldOutPart> validation = Optional.of(dataset.validation());
        try (Classifier trained =
                trainer(progress).train(dataset.training(), validation, run, CheckpointPolicy.DEFAULTS)) {
            run.save(trained);
            run.deleteCheckpoints();
            trained.predict(dataset.test(), Progress.SILENT).writeCsv(folder.resolve("predictions.csv"));
        }
        assertTrue(run.isFinished());
        assertFalse(Files.exists(folder.resolve("checkpoints")));
        Map<String, String> outcome = new TreeMap<>();
        for (String name :
                List.of("config.json", "training-ids.txt", "model.json", "model.safetensors", "predictions.csv")) {
            outcome.put(name, Sha256.of(folder.resolve(name)));
        }
        outcome.put("log", ClassifierResumeTest.log(run.epochs()).toString());
        return outcome;
    }

    private ClassifierTrainer trainer(Progress progress) {
        return weights.map(each -> ClassifierTrainer.from(each, options, Compute.cpu(), progress))
                .orElseGet(() -> ClassifierTrainer.fromScratch(network, options, Compute.cpu(), progress));
    }

    /**
     * Begins a run in a folder, and stops it and each of its resumptions but the last.
     *
     * @param after so many images, of all epochs
     */
    void stop(Path folder, List<Integer> after) {
        for (int images : after) {
            assertThrows(InterruptedRunException.class, () -> run(folder, new StopAfter(TASK, images)));
            assertFalse(ClassifierRun.open(folder).isFinished());
        }
    }

    /** Stopped after so many images, and again, it ends with the bits of one that was not. */
    void comesOutTheSame(Path folder, List<Integer> after) throws IOException {
        Map<String, String> straight = run(folder.resolve("straight"), Progress.SILENT);
        Path stopped = folder.resolve("stopped");
        stop(stopped, after);
        assertEquals(straight, run(stopped, Progress.SILENT));
    }
}
