package org.lesionforge.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.fidelity.GeneratorCheck;
import org.lesionforge.run.Results;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.training.CheckpointPolicy;

/** A generator that was trained before and is taken over by another experiment. */
final class PretrainedGeneratorTest {
    @TempDir
    static Path folder;

    private static PhantomExperiment phantoms;
    private static Path run;
    private static Results results;

    @BeforeAll
    static void runOnce() throws IOException {
        phantoms = new PhantomExperiment(folder, PhantomExperiment.LIGHT);
        run = folder.resolve("run");
        List<Arm> arms = Stream.of("none", "dcgan").map(Arm::of).toList();
        results = phantoms.run(run, PhantomExperiment.options(arms, List.of(0L), false), false);
    }

    @Test
    void aTrainedGanIsTakenOverWhereItSawTheSameImages() throws IOException {
        PretrainedGenerator gan = PretrainedGenerator.of(run.resolve("generators/dcgan"), GeneratorZoo.STANDARD);
        ExperimentOptions options = PhantomExperiment.options(List.of(Arm.NONE, Arm.of("dcgan")), List.of(0L), false);
        Path out = folder.resolve("adopted");
        try (PretrainedNetworks networks = phantoms.networks();
                RunDirectory directory = RunDirectory.open(out, Map.of("options", options), false)) {
            Experiment experiment = new Experiment(
                    phantoms.dataset(), options, networks, directory, CheckpointPolicy.DEFAULTS, Progress.SILENT);
            experiment.usePretrained(gan);
            experiment.acceptBadGenerator();
            Results pretrained = experiment.run(1);
            assertEquals(
                    Files.readString(run.resolve("generators/dcgan/stats.jsonl")),
                    Files.readString(out.resolve("generators/dcgan/stats.jsonl")));
            assertEquals(
                    PhantomExperiment.arm(results, "dcgan", 0).test().rocAuc(),
                    PhantomExperiment.arm(pretrained, "dcgan", 0).test().rocAuc(),
                    1e-4,
                    "the same generator, the same draws");
            pretrained.leakage().forEach(check -> assertTrue(check.holds(), check.toString()));
        }
        try (Stream<Path> checkpoints = Files.list(out.resolve("generators/dcgan/checkpoints"))) {
            assertEquals(1, checkpoints.count(), "the best generator alone");
        }
        aGanThatNobodyMeasuredIsMeasuredBeforeItIsUsed();
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> gan.check(phantoms.dataset().resplit(5), options))
                .getMessage();
        assertTrue(message.contains("was trained on split"), message);

        Path other = folder.resolve("other-images");
        PhantomExperiment.copy(run.resolve("generators/dcgan"), other);
        List<String> ids = new ArrayList<>(Files.readAllLines(run.resolve("generators/dcgan/training-ids.txt")));
        ids.set(0, phantoms.dataset().test().id(0));
        Files.write(other.resolve("training-ids.txt"), ids);
        message = assertThrows(UnusableInputException.class, () -> PretrainedGenerator.of(other, GeneratorZoo.STANDARD)
                        .check(phantoms.dataset(), options))
                .getMessage();
        assertTrue(message.contains("1 of them not among"), message);

        try (Stream<Path> snapshots = Files.list(other.resolve("checkpoints"))) {
            for (Path snapshot : snapshots.toList()) {
                Files.delete(snapshot);
            }
        }
        message = assertThrows(UnusableInputException.class, () -> PretrainedGenerator.of(other, GeneratorZoo.STANDARD))
                .getMessage();
        assertTrue(message.matches(".* has no snapshot of epoch [12], nor of any other epoch; bring .*"), message);
    }

    private static void aGanThatNobodyMeasuredIsMeasuredBeforeItIsUsed() throws IOException {
        ExperimentOptions options = PhantomExperiment.options(
                List.of(Arm.NONE, Arm.of("dcgan"), Arm.of("dcgan+degraded+only")), List.of(0L), false);
        Path out = folder.resolve("unmeasured");
        try (PretrainedNetworks networks = phantoms.networks();
                RunDirectory directory = RunDirectory.open(out, Map.of("options", options), false)) {
            Experiment experiment = new Experiment(
                    phantoms.dataset(), options, networks, directory, CheckpointPolicy.DEFAULTS, Progress.SILENT);
            experiment.usePretrained(PretrainedGenerator.of(run.resolve("generators/dcgan"), GeneratorZoo.STANDARD));
            experiment.acceptBadGenerator();
            GeneratorRun pretrained = GeneratorRun.open(out.resolve("generators/dcgan"), GeneratorZoo.STANDARD);
            GeneratorCheck before =
                    pretrained.check(pretrained.best().snapshot()).orElseThrow();
            Files.delete(out.resolve("generators/dcgan/metrics.jsonl"));
            experiment.run(1);
            assertEquals(
                    1,
                    Files.readAllLines(out.resolve("generators/dcgan/metrics.jsonl"))
                            .size(),
                    "of two cells, once");
            GeneratorCheck after =
                    pretrained.check(pretrained.best().snapshot()).orElseThrow();
            assertEquals(before.spread(), after.spread(), 1e-4, "by the same classifier, as in training");
            assertEquals(before.recall(), after.recall(), 0.1);
        }
    }
}
