package org.lesionforge.generator.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.SmallDataset;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.Flips;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.generator.run.RunSummary;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.generator.zoo.dcgan.Remedies;
import org.lesionforge.io.Progress;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;

/** A training of a tiny net with everything on that has a state: average, measured snapshots, checkpoints. */
public final class TinyTraining {
    /** After every iteration, so that there is something to go on from wherever it stops. */
    static final CheckpointPolicy ALWAYS = new CheckpointPolicy(Duration.ZERO, 2);

    /** Nets of a moment, for an epoch. */
    public static final GeneratorSpec<DcganOptions> NETS = Dcgan.PAPER
            .common(common -> common.size(16).batch(4).epochs(1).snapshotEvery(1))
            .own(own -> own.with().latent(8).width(4).build());

    private static final Remedies REMEDIES = Remedies.NONE
            .with()
            .flips(Flips.BOTH)
            .translation(0.125)
            .brightness(0.1)
            .labelSmoothing(0.1)
            .ema(20, 0.5)
            .rateDecay(0.5)
            .build();

    private final Dataset dataset;
    private final GeneratorSpec<?> options;

    private final Compute compute;

    private TinyTraining(Dataset dataset, GeneratorSpec<?> options, Compute compute) {
        this.dataset = dataset;
        this.options = options;
        this.compute = compute;
    }

    /** The same on another device, or in another precision. */
    TinyTraining on(Compute other) {
        return new TinyTraining(dataset, options, other);
    }

    /** @param folder of a data set that {@link #prepare} made */
    static TinyTraining of(Path folder, int epochs, int snapshotEvery) {
        GeneratorSpec<DcganOptions> plain = NETS.common(common ->
                common.batch(2).epochs(epochs).snapshotEvery(snapshotEvery).seed(7));
        return new TinyTraining(
                Dataset.open(folder.resolve("dataset")),
                plain.own(own -> own.with().remedies(REMEDIES).build()),
                Compute.cpu());
    }

    /** @param folder of a data set that {@link #prepare} made */
    static TinyTraining of(Path folder, GeneratorSpec<?> options) {
        return new TinyTraining(Dataset.open(folder.resolve("dataset")), options, Compute.cpu());
    }

    /** Five images to learn, two iterations of two in an epoch, and five to choose the snapshot by; of another class two to learn. */
    static void prepare(Path folder) throws IOException {
        List<String> rows = new ArrayList<>(
                List.of("b1,benign,b1,train", "b2,benign,b2,test", "b3,benign,b3,train", "m9,malignant,m9,test"));
        for (int i = 0; i < 5; i++) {
            rows.add("m" + i + ",malignant,m" + i + ",train");
            rows.add("v" + i + ",malignant,v" + i + ",validation");
        }
        SmallDataset.prepare(folder, rows);
    }

    GeneratorSpec<?> options() {
        return options;
    }

    /** Begins or resumes. */
    RunSummary run(Path out, CheckpointPolicy policy, Progress progress) throws IOException {
        LearnedClasses classes = LearnedClasses.of(
                options.usesLabels() ? "all" : "malignant", dataset.training(), options.conditional());
        TrainingPart real = classes.of(dataset.training());
        GeneratorRun run = GeneratorRun.isRun(out)
                ? GeneratorRun.open(out, GeneratorZoo.STANDARD)
                : GeneratorRun.create(out, real, classes, options, Optional.empty(), Optional.empty());
        SnapshotJudge judge = new SnapshotJudge(
                new Brightness(),
                classes,
                real,
                Optional.of(classes.of(dataset.validation())),
                options.common().size(),
                progress);
        return new GeneratorTrainer(options.learning(classes.names().size()), policy, compute, progress)
                .train(real, run, Optional.of(judge));
    }

    /** In a process of its own: folder of the data set, run, epochs, epochs between snapshots. */
    public static void main(String[] arguments) throws IOException {
        of(Path.of(arguments[0]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]))
                .run(Path.of(arguments[1]), ALWAYS, Progress.SILENT);
    }
}
