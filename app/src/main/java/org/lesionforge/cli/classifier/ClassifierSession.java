package org.lesionforge.cli.classifier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierRun;
import org.lesionforge.classifier.ClassifierTrainer;
import org.lesionforge.classifier.ModelCard;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.InnerFolder;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.SyntheticSet;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.data.synthetic.ExternalFolder;
import org.lesionforge.data.synthetic.SyntheticFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.EpochStats;
import org.lesionforge.run.RunFiles.ProbeStats;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;
import org.lesionforge.weights.PretrainedWeights;

/** A classifier's training on the command line, from the beginning or from a checkpoint. */
final class ClassifierSession {
    /** What a process is doing that holds a run, for the message that another one gets. */
    static final String DOING = "training in";

    private final CommonOptions common;
    private final CheckpointPolicy policy;
    private final Dataset data;
    private final TrainingImages train;
    private final Optional<PretrainedWeights> weights;

    /** @param synthetic folder of images to add to the training part; empty for none */
    ClassifierSession(
            CommonOptions common,
            CheckpointPolicy policy,
            Dataset data,
            Optional<Path> synthetic,
            Optional<PretrainedWeights> weights,
            Progress progress) {
        this.common = common;
        this.policy = policy;
        this.data = data;
        this.weights = weights;
        train = synthetic.isEmpty() ? data.training() : data.training().plus(added(synthetic.get(), progress));
    }

    private SyntheticSet added(Path synthetic, Progress progress) {
        Path folder = InnerFolder.SYNTHETIC.in(synthetic, common);
        if (!ExternalFolder.isExternal(folder)) {
            return SyntheticFolder.open(folder, progress);
        }
        ExternalFolder external = ExternalFolder.open("added", folder, data, progress);
        external.requireNoneOf(List.of(data.validation(), data.test()), progress);
        progress.warn("the " + external.size() + " images of class '" + external.className() + "' in " + folder
                + " are of unknown origin: whether their generator saw images of the validation or test part is not"
                + " known; none of them shows one");
        return external;
    }

    /** What is trained on. */
    TrainingImages images() {
        return train;
    }

    /** A trainer of these images, which have been found to serve. */
    ClassifierTrainer trainer(
            Architecture architecture, ClassifierOptions options, Compute compute, Progress progress) {
        ClassifierTrainer trainer = weights.map(file -> ClassifierTrainer.from(file, options, compute, progress))
                .orElseGet(() -> ClassifierTrainer.fromScratch(architecture, options, compute, progress));
        trainer.check(train, Optional.of(data.validation()));
        return trainer;
    }

    /** Trains {@code run}, which is held, to its end and prints the result. */
    int train(ClassifierRun run, ClassifierTrainer trainer) throws IOException {
        try (Classifier trained = trainer.train(train, Optional.of(data.validation()), run, policy)) {
            run.save(trained);
            run.deleteCheckpoints();
            print(run, trained.card(), data.folder().toString(), common);
        }
        return ExitCode.DONE;
    }

    /**
     * Prints what a finished run came to.
     *
     * @param dataset as it is named
     */
    static void print(ClassifierRun run, ModelCard card, String dataset, CommonOptions common) {
        Optional<ProbeStats> fit = card.epoch() == 0 ? run.fit() : Optional.empty();
        Optional<EpochStats> epoch = fit.isPresent() ? Optional.empty() : Optional.of(chosen(run, card));
        if (common.json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("run", run.folder().toString());
            result.put("classes", card.classes());
            result.put("train", card.train());
            result.put("synthetic", card.synthetic());
            fit.ifPresent(stats -> result.put("chosen", stats));
            epoch.ifPresent(stats -> result.put("chosen", stats));
            common.printJson(result);
            return;
        }
        fit.ifPresent(stats -> print(run, card, stats, common));
        epoch.ifPresent(stats -> print(run, card, stats, common));
        common.print("see how good it is with: lesionforge classify evaluate " + run.folder() + " " + dataset);
    }

    private static EpochStats chosen(ClassifierRun run, ModelCard card) {
        return run.epochs().stream()
                .filter(stats -> stats.epoch() == card.epoch())
                .findFirst()
                .orElseThrow(() -> new UnusableInputException(run.folder() + " has no line of epoch " + card.epoch()
                        + ", which was chosen, in stats.jsonl; bring that file back as it was"));
    }

    private static void print(ClassifierRun run, ModelCard card, ProbeStats fit, CommonOptions common) {
        common.print(String.format(
                Locale.ROOT,
                "%s: last layer fitted to %s, %d of them synthetic; L2 %.3g",
                run.folder(),
                card.train(),
                card.synthetic(),
                fit.l2()));
        fit.heldOutLoss().ifPresent(loss -> common.print(String.format(Locale.ROOT, "held out    loss %.4f", loss)));
        common.print(figures(
                "training", fit.trainLoss().orElseThrow(), fit.trainAccuracy().orElseThrow()));
        fit.validationLoss()
                .ifPresent(loss -> common.print(
                        figures("validation", loss, fit.validationAccuracy().orElseThrow())));
    }

    private static void print(ClassifierRun run, ModelCard card, EpochStats chosen, CommonOptions common) {
        common.print(String.format(
                Locale.ROOT,
                "%s: trained on %s, %d of them synthetic; kept epoch %d",
                run.folder(),
                card.train(),
                card.synthetic(),
                card.epoch()));
        common.print(figures("training", chosen.trainLoss(), chosen.trainAccuracy()));
        chosen.validationLoss()
                .ifPresent(loss -> common.print(
                        figures("validation", loss, chosen.validationAccuracy().orElseThrow())));
    }

    private static String figures(String part, double loss, double accuracy) {
        return String.format(Locale.ROOT, "%-10s  loss %.4f  accuracy %.4f", part, loss, accuracy);
    }
}
