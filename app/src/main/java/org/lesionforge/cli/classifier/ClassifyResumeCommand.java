package org.lesionforge.cli.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierRun;
import org.lesionforge.classifier.ClassifierTrainer;
import org.lesionforge.cli.common.CheckpointOptions;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.cli.common.Interruption;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.data.Dataset;
import org.lesionforge.experiment.TrainedNetwork;
import org.lesionforge.io.FolderLock;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.RunLayout;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.WeightsCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code classify resume RUN} */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Resumes an interrupted training from its last checkpoint, with the options that it was "
                + "started with; without a checkpoint it starts again. It comes out as if it had never stopped.")
final class ClassifyResumeCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    ComputeOptions computing;

    @Mixin
    CheckpointOptions checkpoints;

    @Parameters(paramLabel = "RUN", description = "Folder of a classifier's run.")
    Path run;

    @Option(names = "--dataset", paramLabel = "DATASET", description = "Where the data set is now, if it has moved.")
    Path dataset;

    @Option(
            names = "--weights",
            paramLabel = "FILE|NAME",
            description = "Where the pretrained weights are now, if they have moved.")
    Path weights;

    @Option(
            names = "--add",
            paramLabel = "DIR",
            description = "Where the synthetic images are now, if they have moved.")
    Path synthetic;

    private final BackboneZoo backbones;

    ClassifyResumeCommand(Zoos zoos) {
        backbones = zoos.backbones();
    }

    @Override
    public Integer call() throws IOException {
        computing.apply();
        CheckpointPolicy policy = common.usage(checkpoints::policy);
        Path inner = InnerFolder.CLASSIFIER_RUN.in(run, common);
        requireOnItsOwn(inner);
        ClassifierRun opened = ClassifierRun.open(inner);
        if (opened.isFinished()) {
            return finished(opened);
        }
        return Interruption.guard(
                common,
                "resume with: lesionforge classify resume " + inner,
                progress -> resume(opened, policy, progress));
    }

    private int finished(ClassifierRun opened) throws IOException {
        Path folder = opened.folder();
        if (opened.hasCheckpoints()) {
            try (FolderLock lock = FolderLock.hold(folder, ClassifierSession.DOING)) {
                lock.run(() -> {
                    opened.deleteCheckpoints();
                    return folder;
                });
            }
            common.progress().message(folder + " is finished but for its checkpoints, which are deleted");
        } else {
            common.progress().message(folder + " is finished: there is nothing to resume, and nothing is changed");
        }
        ClassifierSession.print(opened, Classifier.card(folder), opened.config().dataset(), common);
        return ExitCode.DONE;
    }

    /** Refuses a classifier of an experiment, which knows what images it is trained on and what else it is to write. */
    private static void requireOnItsOwn(Path inner) {
        Path arms = inner.toAbsolutePath().normalize().getParent();
        Path around = arms == null ? null : arms.getParent();
        if (around != null
                && new RunLayout(around).arms().equals(arms)
                && Files.exists(new RunLayout(around).provenance())) {
            throw new UnusableInputException(inner + " is a classifier of an experiment; resume that, with: "
                    + "lesionforge experiment --out " + around + " --resume");
        }
    }

    private int resume(ClassifierRun opened, CheckpointPolicy policy, Progress progress) throws IOException {
        ClassifierRun.Config config = opened.config();
        try (FolderLock lock = FolderLock.hold(opened.folder(), ClassifierSession.DOING)) {
            return lock.run(() -> {
                Optional<PretrainedWeights> start = moved(weights, config.weights())
                        .map(file -> WeightsCache.ofUser().open(file, "--weights", backbones, progress));
                Dataset data = Dataset.open(dataset == null ? Path.of(config.dataset()) : dataset, progress);
                TrainedNetwork network = network(opened, start);
                ClassifierSession session = new ClassifierSession(
                        common, policy, data, moved(synthetic, config.add()), network.weights(), progress);
                opened.requireSame(session.images(), network.architecture(), config.options(), network.weights());
                Compute compute = computing.resumed(Optional.ofNullable(config.computed()), progress);
                return session.train(
                        opened, trainer(session, network.architecture(), config.options(), compute, progress));
            });
        }
    }

    private ClassifierTrainer trainer(
            ClassifierSession session,
            Architecture architecture,
            ClassifierOptions options,
            Compute compute,
            Progress progress) {
        try {
            return session.trainer(architecture, options, compute, progress);
        } catch (IllegalArgumentException e) {
            throw new UnusableInputException(run + " cannot be trained by its config.json: " + e.getMessage(), e);
        }
    }

    private TrainedNetwork network(ClassifierRun opened, Optional<PretrainedWeights> start) {
        Architecture architecture = start.map(PretrainedWeights::architecture).orElseGet(() -> architecture(opened));
        try {
            return new TrainedNetwork(architecture, start)
                    .padded(Optional.ofNullable(opened.config().padding()));
        } catch (IllegalArgumentException e) {
            throw new UnusableInputException(opened.folder() + ": " + e.getMessage(), e);
        }
    }

    /** Earlier versions, which did not name it, knew but the first. */
    private Architecture architecture(ClassifierRun opened) {
        String name = opened.config().architecture();
        return name == null
                ? backbones.first()
                : backbones
                        .named(name)
                        .orElseThrow(() -> new UnusableInputException(opened.folder() + " is of the network " + name
                                + ", this program trains " + backbones.names()
                                + "; use a program as new as the one that wrote it"));
    }

    /** Where something is now that the run knows by {@code recorded}, if it knows it. */
    private static Optional<Path> moved(@Nullable Path now, @Nullable String recorded) {
        return now == null ? Optional.ofNullable(recorded).map(Path::of) : Optional.of(now);
    }
}
