package org.lesionforge.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lesionforge.audit.AuditFolder;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierPlan;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.experiment.arm.Imbalance;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.Schedule;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.SplitDirectory;
import org.lesionforge.run.Trial;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;
import org.lesionforge.run.arm.DrawnSet;
import org.lesionforge.torch.Torch;

/** What an experiment has still to do, in images, and how long that takes. */
final class WorkAhead {
    /** Nets are made, loaded and written. */
    private static final double CELL = 0.8;
    /** Images whose class activation is drawn. */
    private static final double ACTIVATION_IMAGES = 12;
    /** Reading an image for the audit, and comparing it with one other. */
    private static final double AUDITED = 0.004;

    private static final double AUDITED_PAIR = 1e-6;
    /** An image is written as PNG, one read to be checked. */
    private static final double WRITTEN = 0.003;
    /** Images drawn for one that the filter keeps: of images like the real ones. */
    private static final double FILTERED_DRAWS = 1.25;
    /** Statistics and checks: of an arm, and of the whole. */
    private static final double ARM = 0.5;

    private static final double WHOLE = 2;

    private final Dataset dataset;
    private final ExperimentOptions options;
    private final PretrainedNetworks networks;
    private final Set<String> adopted;
    private final Optional<RunDirectory> run;
    private final int jobs;
    private final Splits splits;
    private final Optional<Imbalance> imbalance;
    private final Dataset split;
    private final TrainingPart training;
    private final int validation;
    private final int test;

    /**
     * @param adopted names of generators that are taken over and may not be in {@code run} yet
     * @param run what is finished in it is not counted
     * @param jobs how many classifiers are trained in parallel
     */
    WorkAhead(
            Dataset dataset,
            ExperimentOptions options,
            PretrainedNetworks networks,
            Set<String> adopted,
            Optional<RunDirectory> run,
            int jobs) {
        this.dataset = dataset;
        this.options = options;
        this.networks = networks;
        this.adopted = adopted;
        this.run = run;
        this.jobs = jobs;
        splits = new Splits(dataset, options);
        // All are about as large as each other.
        split = splits.all().get(0);
        training = options.training(split);
        imbalance = options.imbalance(training);
        validation = options.protocol().validation(split).map(HeldOutPart::size).orElse(0);
        test = split.test().size();
    }

    /** @param progress receives what is being measured */
    TimeEstimate estimate(Progress progress) {
        return at(new MeasuredSpeeds(networks.compute(), progress));
    }

    /** Images times seconds. */
    TimeEstimate at(Speeds speeds) {
        FeaturesAhead features = new FeaturesAhead(splits.all().get(0), options, networks);
        ClassifierCost cost = new ClassifierCost(speeds, features);
        List<Trial> trials = trials();
        double audit = audit(speeds, features);
        double real = cost.of(
                trials.stream().filter(trial -> !trial.arm().needsGenerator()).toList());
        double gan = 0;
        double measuring = 0;
        double drawing = 0;
        double telling = 0;
        for (String name : options.generatorNames()) {
            GeneratorSpec<?> generator = generator(name);
            double left = left(name);
            if (left > 0) {
                double images =
                        (double) learned(name).size() * generator.common().epochs() * generator.stages() * left;
                gan += speeds.trained(generator) * images;
                measuring += measuring(name, speeds, features, left);
            }
        }
        for (DrawnSet set : DrawnSet.of(options.arms())) {
            drawing += draws(set) > 0 ? drawing(set, speeds) : 0;
            telling += telling(set, speeds, features);
        }
        double synthetic = cost.of(
                trials.stream().filter(trial -> trial.arm().needsGenerator()).toList());
        int results = EqualArms.of(dataset, options, arm -> false).trained().size()
                * options.seeds().size()
                * options.foldNumbers().size();
        return new TimeEstimate(
                0,
                audit,
                real,
                gan,
                measuring,
                drawing,
                synthetic,
                WHOLE + ARM * results + WRITTEN * training.size() + telling);
    }

    private List<Trial> trials() {
        List<Trial> trials = new ArrayList<>();
        for (Arm arm : EqualArms.of(dataset, options, this::isFinished).trained()) {
            trialsOf(arm).filter(trial -> !isFinished(trial)).forEach(trials::add);
        }
        boolean trained = trials.stream()
                .anyMatch(trial -> trial.arm().equals(Arm.NONE)
                        && trial.classifier().equals(networks.classifiers().get(0)));
        if (options.needsGenerator() && networks.measureWithTrainedClassifier(options.classifier()) && !trained) {
            measuringCells().filter(trial -> !isFinished(trial)).forEach(trials::add);
        }
        return trials;
    }

    /** Classifiers that measure the GAN's images. */
    private Stream<Trial> measuringCells() {
        return splits.keys().stream()
                .map(split -> new Trial(Arm.NONE, networks.classifiers().get(0), split.seed(), split.fold()));
    }

    private Stream<Trial> trialsOf(Arm arm) {
        return networks.classifiers().stream().flatMap(classifier -> splits.trials(arm, classifier).stream());
    }

    private boolean isFinished(Arm arm) {
        return trialsOf(arm).allMatch(this::isFinished);
    }

    private boolean isFinished(Trial trial) {
        return run.isPresent() && run.get().result(trial).isPresent();
    }

    private double audit(Speeds speeds, FeaturesAhead features) {
        if (run.isPresent()
                && Files.exists(AuditFolder.result(run.get().layout().audit()))) {
            return 0;
        }
        double images = dataset.images().size();
        double read = features.audited();
        double network = read > 0 ? read * speeds.forward(networks.auditingArchitecture(), networks.auditingSide()) : 0;
        return network + AUDITED * images + AUDITED_PAIR * images * images;
    }

    /**
     * How long trials take that run side by side and take about as long as each other: the last round is as long as the others, however few are
     * left for it.
     *
     * @param seconds that all would take one after another, as fast as they are side by side
     */
    static double inRounds(double seconds, int trials, int together) {
        return seconds / trials * Math.ceil((double) trials / together);
    }

    /** The images that a generator learns, on one split. */
    private TrainingPart learned(String name) {
        return training.ofClasses(imbalance.orElseThrow().learned(name, training));
    }

    private GeneratorSpec<?> generator(String name) {
        return options.generator(name)
                .drawing(imbalance.orElseThrow().learned(name, training).size());
    }

    /** Trainings of a generator that are left, one on each split, in parts of one. */
    private double left(String name) {
        if (adopted.contains(name)) {
            return 0;
        }
        double left = splits.keys().size();
        for (Splits.Key key : splits.keys()) {
            if (run.isPresent()) {
                SplitDirectory split = splits.files(key, run.get().layout());
                left -= split.isFinished(name) ? 1 : begun(split.generator(name), name);
            }
        }
        return left;
    }

    private double begun(Path folder, String name) {
        if (!GeneratorRun.isRun(folder)) {
            return 0;
        }
        try {
            List<Integer> epochs = GeneratorRun.open(folder, options.zoo()).snapshots();
            int all = Schedule.of(generator(name), learned(name).size()).epochs();
            return Math.min(1, (double) epochs.get(epochs.size() - 1) / all);
        } catch (UnusableInputException e) {
            // No snapshot yet. What else may be wrong is said where the run is resumed.
            return 0;
        }
    }

    private double measuring(String name, Speeds speeds, FeaturesAhead features, double left) {
        GeneratorSpec<?> spec = generator(name);
        GeneratorOptions gan = spec.common();
        int present = learned(name).size();
        int measured = spec.weights().size() * Schedule.of(spec, present).snapshots();
        int images = Math.min(SnapshotJudge.MOST_IMAGES, present);
        double real = features.measured(imbalance.orElseThrow().learned(name, training), gan.size(), left);
        double forward = speeds.forward(networks.measuringArchitecture(), networks.measuringSide(options.classifier()));
        double metrics = speeds.metrics(images, networks.measuringDimensions());
        return left * measured * (images * (forward + speeds.drawnToMeasure(spec)) + metrics) + real * forward;
    }

    /** Images that a generator has still to draw for a set, for every seed in every fold. */
    private long draws(DrawnSet set) {
        return imbalance.orElseThrow().learned(set.generator(), training).stream()
                .mapToLong(className -> left(set, className) * added(set, className))
                .sum();
    }

    /** How often a class of a set has still to be drawn: for every seed in every fold. */
    private long left(DrawnSet set, String className) {
        return splits.trials(Arm.NONE, networks.classifiers().get(0)).stream()
                .filter(trial -> run.isEmpty()
                        || !Files.exists(
                                splits.files(splits.of(trial), run.get().layout())
                                        .similarities(set, trial.seed(), className)))
                .count();
    }

    private int added(DrawnSet set, String className) {
        return imbalance.orElseThrow().mostAdded(options.arms(), set, training, className);
    }

    private double drawing(DrawnSet set, Speeds speeds) {
        GeneratorSpec<?> generator = generator(set.generator());
        int real = learned(set.generator()).size();
        double compared = speeds.compared(generator.common().size(), real, Torch.threads());
        double drawn = draws(set) * (speeds.drawn(generator) + compared);
        return draws(set) * WRITTEN + (set.filtered() ? FILTERED_DRAWS * drawn + filtering(set, speeds) : drawn);
    }

    /**
     * The first classifier's passes. Features are read of all that is drawn of a class and of its real images, and confidences given to all that is
     * drawn and to the validation images of all classes.
     */
    private double filtering(DrawnSet set, Speeds speeds) {
        int views = options.classifier().freeze() ? options.classifier().views() : 1;
        double passes = 0;
        for (String className : imbalance.orElseThrow().learned(set.generator(), training)) {
            double drawn = FILTERED_DRAWS * added(set, className);
            int real = training.ofClass(className).size() + validation(className);
            passes += left(set, className) * (drawn + real + views * (drawn + validation));
        }
        return passes
                * speeds.forward(
                        networks.trained().get(0).architecture(),
                        options.classifier().size());
    }

    private int validation(String className) {
        return options.protocol()
                .validation(split)
                .map(part -> part.ofClass(className).size())
                .orElse(0);
    }

    /** Comparing the images of the first split and seed with real ones, as {@link GeneratedMeasures} does once all is trained. */
    private double telling(DrawnSet set, Speeds speeds, FeaturesAhead features) {
        boolean told = run.map(each -> GeneratedMeasures.areIn(each.layout().results(), set.name(), options.seed()))
                .orElse(false);
        if (told || networks.measuringReader(options.classifier()).isEmpty()) {
            return 0;
        }
        List<String> classes = imbalance.orElseThrow().learned(set.generator(), training);
        int drawn = classes.stream().mapToInt(each -> added(set, each)).sum();
        int images = GeneratedMeasures.compared(learned(set.generator()).size(), drawn);
        return features.told(
                                classes,
                                images,
                                generator(set.generator()).common().size())
                        * speeds.forward(networks.measuringArchitecture(), networks.measuringSide(options.classifier()))
                + speeds.told(images, networks.measuringDimensions());
    }

    /** Of one estimate: features that an arm takes are there for the next. */
    private final class ClassifierCost {
        private final Speeds speeds;
        private final FeaturesAhead features;
        private final Set<Object> taken = new HashSet<>();

        ClassifierCost(Speeds speeds, FeaturesAhead features) {
            this.speeds = speeds;
            this.features = features;
        }

        double of(List<Trial> trials) {
            if (trials.isEmpty()) {
                return 0;
            }
            ClassifierOptions all = options.classifier();
            // On frozen features most of the time goes into the features, which are computed one after another.
            int together = all.freeze() ? 1 : Math.min(jobs, trials.size());
            double seconds = 0;
            for (Trial trial : trials) {
                Architecture architecture = networks.of(trial.classifier()).architecture();
                double forward = together * speeds.forward(architecture, all.size());
                double trained = all.freeze() ? 0 : speeds.trained(architecture, all, together, jobs);
                TrainingPart real = options.heldOutReals(split).of(trial.arm());
                int[] counts = Imbalance.counts(trial.arm(), real, imbalance);
                int[] kept = Imbalance.real(trial.arm(), real, imbalance);
                ClassifierOptions own = options.classifier(trial, training.size(), counts, kept);
                int added = IntStream.of(counts).sum() - IntStream.of(kept).sum();
                int images = IntStream.of(counts).sum();
                boolean shown = trial.seed() == options.seed() && trial.fold() <= 1;
                seconds += CELL + (shown ? ACTIVATION_IMAGES * forward : 0);
                seconds += all.freeze()
                        ? images * ClassifierPlan.SECONDS_PER_HEAD_IMAGE + forward * read(trial, added)
                        : own.steps(images) * (double) own.batch() * trained
                                + forward * all.training().tta() * ((double) validation * (all.epochs() + 1) + test);
            }
            return inRounds(seconds, trials.size(), together);
        }

        /** Images whose features are not known yet. */
        private double read(Trial trial, int added) {
            Arm arm = trial.arm();
            int views = options.classifier().views();
            double images = 0;
            String network = trial.classifier().name();
            if (taken.add(List.of(network, arm.degraded()))) {
                images += features.classified(networks.of(trial.classifier()), arm.degraded());
            }
            boolean fresh = added > 0
                    && !arm.source().equals(ArmSource.OVERSAMPLE)
                    && taken.add(List.of(network, arm.source(), arm.degraded(), splits.of(trial), trial.seed()));
            return fresh ? images + (double) added * views : images;
        }
    }
}
