package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.data.synthetic.SyntheticFolder;
import org.lesionforge.experiment.arm.ArmJudge;
import org.lesionforge.experiment.arm.ConfidenceFilter;
import org.lesionforge.experiment.arm.Imbalance;
import org.lesionforge.experiment.arm.MemorisationGate;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.generator.run.SyntheticWriter;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.run.FilterRecord;
import org.lesionforge.run.Results;
import org.lesionforge.run.Snapshot;
import org.lesionforge.run.SplitDirectory;
import org.lesionforge.run.arm.DrawnSet;
import org.lesionforge.run.arm.FilteredClass;
import org.lesionforge.torch.Compute;

/**
 * What the generators of one split have drawn: for each seed a set of each class that a generator is to draw.
 *
 * @param runName in the names of the images
 * @param dataset whose training part the generators learned from, and whose validation part their images are compared with
 */
record SyntheticSets(
        ExperimentOptions options,
        SplitDirectory files,
        String runName,
        Dataset dataset,
        Imbalance imbalance,
        Progress progress) {
    /** The classes that a generator draws. */
    List<String> classes(String generator) {
        return imbalance.learned(generator, options.training(dataset));
    }

    /** The images of a class; they must have been {@linkplain #draw drawn}. */
    SyntheticFolder of(DrawnSet set, long seed, String className) {
        return SyntheticFolder.open(files.synthetic(set, seed, className), progress);
    }

    /** The folders of a seed's images, one for each class. */
    List<Path> folders(DrawnSet set, long seed) {
        return classes(set.generator()).stream()
                .map(name -> files.synthetic(set, seed, name))
                .toList();
    }

    /**
     * Draws as many images of each class as the arm needs that adds most of them, if they are not there yet. The first ones do not depend on how
     * many there are.
     *
     * @param judge chooses among them where they are to be filtered; else it is not asked for
     */
    void draw(DrawnSet set, GeneratorRun gan, long seed, Compute compute, Supplier<ArmJudge> judge) throws IOException {
        for (String name : classes(set.generator())) {
            draw(set, gan, seed, name, compute, judge);
        }
    }

    private void draw(
            DrawnSet set, GeneratorRun gan, long seed, String className, Compute compute, Supplier<ArmJudge> judge)
            throws IOException {
        String generator = set.generator();
        TrainingPart training = options.training(dataset);
        int count = imbalance.mostAdded(options.arms(), set, training, className);
        Path folder = files.synthetic(set, seed, className);
        if (Files.exists(files.similarities(set, seed, className))
                && of(set, seed, className).size() >= count) {
            return;
        }
        OutputFolder.delete(folder);
        Snapshot snapshot = gan.best().snapshot();
        progress.message("drawing " + count + " synthetic images of class "
                + className + " from " + snapshot + " of the " + options.title(generator)
                + ", seed "
                + seed);
        LearnedClasses learned = gan.config().learned();
        MemorisationGate gate =
                new MemorisationGate(learned.of(training), options.additions().maxSimilarity());
        SyntheticWriter writer =
                new SyntheticWriter(gan, learned.drawn(Optional.of(className)), snapshot, seed, compute, progress);
        String name = name(generator, className) + "-seed" + seed;
        int draws;
        if (set.filtered()) {
            try (ArmJudge chooser = judge.get()) {
                ArmJudge.Reals reals = reals(generator, className);
                ConfidenceFilter filter = chooser.filter(reals, gate, progress);
                draws = writer.write(folder, name, count, filter);
                progress.message("the filter kept " + count + " of " + draws + " drawn images of class " + className);
                chooser.write(folder, filter, draws, reals);
            }
        } else {
            draws = writer.write(folder, name, count, gate);
            if (draws > count) {
                progress.message((draws - count) + " of " + draws
                        + " drawn images are near-copies of training images" + " (similarity above "
                        + options.additions().maxSimilarity() + ") and are not used");
            }
        }
        if (!Files.exists(files.heldOutSimilarities(generator))) {
            writeHeldOut(gate, generator);
        }
        // Last, because it marks the set as complete.
        gate.writeCsv(files.similarities(set, seed, className), draws);
    }

    /** The real images as a generator would show them. */
    private ArmJudge.Reals reals(String generator, String className) {
        int side = options.generator(generator).common().size();
        Dataset shown = dataset.through(side);
        HeldOutPart validation = options.protocol().validation(shown).orElseThrow();
        return new ArmJudge.Reals(
                side,
                options.training(shown).ofClass(className),
                validation.ofClass(className),
                validation.ofClasses(validation.classes().stream()
                        .filter(each -> !each.equals(className))
                        .toList()));
    }

    /** The names of images are unique in a training part, also where several classes are drawn. */
    private String name(String generator, String className) {
        return classes(generator).size() == 1 ? runName : runName + "-" + className;
    }

    private void writeHeldOut(MemorisationGate gate, String generator) throws IOException {
        StringBuilder lines = new StringBuilder("similarity\n");
        options.protocol()
                .validation(dataset)
                .map(part -> gate.similarities(part.ofClasses(classes(generator))))
                .ifPresent(similarities -> {
                    for (double similarity : similarities) {
                        lines.append(String.format(Locale.ROOT, "%.4f\n", similarity));
                    }
                });
        AtomicFile.writeString(files.heldOutSimilarities(generator), lines.toString());
    }

    /** How many images a seed's sets took, and how many of them the gate dropped. */
    Results.Gate gate(DrawnSet set, long seed) throws IOException {
        List<String> draws = new ArrayList<>();
        for (String name : classes(set.generator())) {
            Files.readAllLines(files.similarities(set, seed, name)).stream()
                    .skip(1)
                    .forEach(draws::add);
        }
        int dropped =
                (int) draws.stream().filter(line -> line.endsWith(",false")).count();
        return new Results.Gate(draws.size(), dropped, options.additions().maxSimilarity());
    }

    /** How a seed's sets were chosen, one for each class; none where they were not. */
    List<FilteredClass> filter(DrawnSet set, long seed) {
        return set.filtered()
                ? folders(set, seed).stream()
                        .map(folder -> FilterRecord.read(folder).images())
                        .toList()
                : List.of();
    }
}
