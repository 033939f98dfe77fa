package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.InitialRun;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.generator.zoo.GeneratorZoo;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;

/** A GAN that was trained before and is used in an experiment on the same images, to save its training time. */
public final class PretrainedGenerator {
    private final GeneratorRun source;

    private PretrainedGenerator(GeneratorRun source) {
        this.source = source;
    }

    /**
     * Opens a GAN run.
     *
     * @param folder of the run
     * @param zoo the families that it may be of
     * @return its best generator
     * @throws UnusableInputException when {@code folder} is not a GAN run that has come to its end, or its best generator is not there
     */
    public static PretrainedGenerator of(Path folder, GeneratorZoo zoo) {
        GeneratorRun run = GeneratorRun.open(folder, zoo);
        run.requireBest();
        return new PretrainedGenerator(run);
    }

    /** {@return where the run is, as it was given} */
    public Path folder() {
        return source.folder();
    }

    /** {@return the name of its family} */
    public String family() {
        return source.config().family();
    }

    /**
     * {@return what it is called in an experiment: the conditional one of every class where it tells classes apart and an arm draws of every class,
     * else by its family}
     *
     * @param arms of the experiment
     */
    public String name(List<Arm> arms) {
        String ofEveryClass = ArmSource.ofEveryClass(family());
        boolean wanted = arms.stream()
                .anyMatch(arm -> arm.generator().filter(ofEveryClass::equals).isPresent());
        boolean tells = source.config().learned().drawable().size() > 1;
        return wanted && tells ? ofEveryClass : family();
    }

    /**
     * Checks that it may take the place of an experiment's own.
     *
     * @param dataset of the experiment
     * @param options of the experiment
     * @throws UnusableInputException when it saw other images than this experiment would show it, draws others than an arm needs, or no arm
     *     needs one of its family
     */
    public void check(Dataset dataset, ExperimentOptions options) {
        if (options.resplit() || options.folds() != null) {
            throw new UnusableInputException("the GAN in " + folder() + " saw the training images of one split, and "
                    + (options.resplit() ? "each seed has a split of its own" : "each fold is another split")
                    + ": a GAN can be taken over where all seeds share one (no --resplit, no --folds)");
        }
        requireNeeded(options.generatorNames(), options.arms());
        TrainingPart training = options.training(dataset);
        requireSame(training, options.imbalance(training).orElseThrow().learned(name(options.arms()), training));
    }

    /** @throws UnusableInputException when it is none of these, which the arms need, with what would serve them */
    private void requireNeeded(List<String> generators, List<Arm> arms) {
        if (generators.contains(name(arms))) {
            return;
        }
        String found = "the GAN in " + source.folder() + " is of the family '" + family() + "' and draws images of "
                + String.join(", ", drawn());
        if (generators.contains(ArmSource.ofEveryClass(family()))) {
            throw new UnusableInputException(found + (tellsClasses() ? "" : ", which it does not tell apart")
                    + "; an arm both:" + family() + " needs a conditional one of every class: train it with gan train"
                    + " --class all --conditional, or take the arm " + family());
        }
        throw new UnusableInputException(found + ", and no arm needs one of its family ("
                + (generators.isEmpty() ? "none needs any" : "they need " + String.join(", ", generators))
                + "); name one with --arms, or leave out --gan");
    }

    private List<String> drawn() {
        return source.config().learned().drawable().stream()
                .map(LearnedClasses.Drawable::name)
                .toList();
    }

    private boolean tellsClasses() {
        return drawn().size() == source.config().learned().names().size();
    }

    /** {@return what it was trained with, in place of what the user may say of GANs} */
    public GeneratorSpec<?> options() {
        return source.config().options();
    }

    /**
     * Checks that it was trained on what a GAN of the experiment would be: the same split and images, or those of several classes where it draws
     * images of the wanted ones.
     *
     * @param wanted classes that the arms add images of
     * @throws UnusableInputException otherwise, with both
     */
    private void requireSame(TrainingPart training, List<String> wanted) {
        String split = training.dataset().manifest().split().sha256();
        if (!source.config().splitSha256().equals(split)) {
            throw new UnusableInputException("the GAN in " + source.folder() + " was trained on split "
                    + source.config().splitSha256() + ", this data set has split " + split
                    + ": it may have seen test images; train one on this split");
        }
        checkBeginning(training, split);
        LearnedClasses learned = source.config().learned();
        boolean draws = drawn().containsAll(wanted);
        if (!draws && wanted.size() > 1) {
            throw new UnusableInputException("the GAN in " + source.folder() + " draws images of "
                    + String.join(", ", drawn()) + ", and an arm of every class needs "
                    + wanted.stream().filter(name -> !drawn().contains(name)).collect(Collectors.joining(", "))
                    + ", too; train one with gan train --class all --conditional");
        }
        TrainingPart real = draws ? learned.of(training) : training.ofClasses(wanted);
        Set<String> expected =
                new HashSet<>(IntStream.range(0, real.size()).mapToObj(real::id).toList());
        Set<String> seen = new HashSet<>(source.trainingIds());
        if (!seen.equals(expected)) {
            throw new UnusableInputException(
                    "the GAN in " + source.folder() + " saw " + seen.size() + " images of class "
                            + source.config().className() + ", "
                            + seen.stream().filter(id -> !expected.contains(id)).count()
                            + " of them not among the " + expected.size() + " of class " + String.join(", ", wanted)
                            + " that this experiment would show it; train one on this part (and protocol)");
        }
    }

    /** The images that the runs before it saw must be of the training part, too, whatever their class. */
    private void checkBeginning(TrainingPart training, String split) {
        InitialRun init = source.config().init();
        if (init == null) {
            return;
        }
        Set<String> allowed = new HashSet<>(
                IntStream.range(0, training.size()).mapToObj(training::id).toList());
        long outside =
                source.initialIds().stream().filter(id -> !allowed.contains(id)).count();
        if (!init.splitSha256().equals(split) || outside > 0) {
            throw new UnusableInputException("the GAN in " + source.folder() + " began from " + init.run()
                    + ", which was trained on split " + init.splitSha256() + ", this data set has split " + split + "; "
                    + outside
                    + " of its images are not of the training part: it may have seen test images; train one that"
                    + " begins from a run on this split");
        }
    }

    /** Copies the run with only the best generator. The file that marks it as finished is copied last. */
    void copyTo(Path target) throws IOException {
        if (Files.exists(target.resolve(GeneratorRun.FINISHED))) {
            return;
        }
        OutputFolder.delete(target);
        Path checkpoints = source.folder().resolve("checkpoints");
        List<Path> files;
        try (Stream<Path> all = Files.walk(source.folder())) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(checkpoints) && !file.endsWith(GeneratorRun.FINISHED))
                    .toList();
        }
        for (Path file : files) {
            copy(file, target);
        }
        copy(source.snapshotFile(source.best().snapshot()), target);
        copy(source.folder().resolve(GeneratorRun.FINISHED), target);
    }

    private void copy(Path file, Path target) throws IOException {
        Path to = target.resolve(source.folder().relativize(file).toString());
        OutputFolder.create(FileTree.parent(to));
        Files.copy(file, to);
    }
}
