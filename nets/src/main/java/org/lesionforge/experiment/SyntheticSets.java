package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.data.synthetic.SyntheticFolder;
import org.lesionforge.experiment.arm.Imbalance;
import org.lesionforge.experiment.arm.MemorisationGate;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.LearnedClasses;
import org.lesionforge.generator.run.SyntheticWriter;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.run.Results;
import org.lesionforge.run.Snapshot;
import org.lesionforge.run.SplitDirectory;
import org.lesionforge.torch.Compute;

/**
 * What the generators of one split have drawn: for each seed a set of each class that a generator is to draw.
 *
 * @param runName in the names of the images
 * @param training what the generators learned from, all classes
 * @param heldOut which their nearness to training images is compared with
 */
record SyntheticSets(
        ExperimentOptions options,
        SplitDirectory files,
        String runName,
        TrainingPart training,
        Optional<HeldOutPart> heldOut,
        Imbalance imbalance,
        Progress progress) {
    /** The classes that a generator draws. */
    List<String> classes(String generator) {
        return imbalance.learned(generator, training);
    }

    /** The images of a class; they must have been {@linkplain #draw drawn}. */
    SyntheticFolder of(String generator, long seed, String className) {
        return SyntheticFolder.open(files.synthetic(generator, seed, className), progress);
    }

    /** The folders of a seed's images, one for each class. */
    List<Path> folders(String generator, long seed) {
        return classes(generator).stream()
                .map(name -> files.synthetic(generator, seed, name))
                .toList();
    }

    /**
     * Draws as many images of each class as the arm needs that adds most of them, if they are not there yet. The first ones do not depend on how
     * many there are.
     */
    void draw(String generator, GeneratorRun gan, long seed, Compute compute) throws IOException {
        for (String name : classes(generator)) {
            draw(generator, gan, seed, name, compute);
        }
    }

    private void draw(String generator, GeneratorRun gan, long seed, String className, Compute compute)
            throws IOException {
        int count = imbalance.mostAdded(options.arms(), generator, training, className);
        Path folder = files.synthetic(generator, seed, className);
        if (Files.exists(files.similarities(generator, seed, className))
                && of(generator, seed, className).size() >= count) {
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
        int draws = new SyntheticWriter(gan, learned.drawn(Optional.of(className)), snapshot, seed, compute, progress)
                .write(folder, name(generator, className) + "-seed" + seed, count, gate);
        if (draws > count) {
            progress.message((draws - count) + " of " + draws + " drawn images are near-copies of training images"
                    + " (similarity above " + options.additions().maxSimilarity() + ") and are not used");
        }
        if (!Files.exists(files.heldOutSimilarities(generator))) {
            writeHeldOut(gate, generator);
        }
        // Last, because it marks the set as complete.
        gate.writeCsv(files.similarities(generator, seed, className), draws);
    }

    /** The names of images are unique in a training part, also where several classes are drawn. */
    private String name(String generator, String className) {
        return classes(generator).size() == 1 ? runName : runName + "-" + className;
    }

    private void writeHeldOut(MemorisationGate gate, String generator) throws IOException {
        StringBuilder lines = new StringBuilder("similarity\n");
        heldOut.map(part -> gate.similarities(part.ofClasses(classes(generator))))
                .ifPresent(similarities -> {
                    for (double similarity : similarities) {
                        lines.append(String.format(Locale.ROOT, "%.4f\n", similarity));
                    }
                });
        AtomicFile.writeString(files.heldOutSimilarities(generator), lines.toString());
    }

    /** How many images a seed's sets took, and how many of them the gate dropped. */
    Results.Gate gate(String generator, long seed) throws IOException {
        List<String> draws = new ArrayList<>();
        for (String name : classes(generator)) {
            Files.readAllLines(files.similarities(generator, seed, name)).stream()
                    .skip(1)
                    .forEach(draws::add);
        }
        int dropped =
                (int) draws.stream().filter(line -> line.endsWith(",false")).count();
        return new Results.Gate(draws.size(), dropped, options.additions().maxSimilarity());
    }
}
