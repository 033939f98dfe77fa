package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.data.synthetic.ExternalFolder;
import org.lesionforge.experiment.arm.Imbalance;
import org.lesionforge.experiment.arm.MemorisationGate;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.Thumbnail;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.Results;
import org.lesionforge.run.arm.Arm;

/** The images of one folder, as far as they may be used on one split. */
final class ExternalSet {
    private static final int BATCH = 64;

    private final String name;
    private final ExternalFolder all;
    private final ExternalFolder admitted;
    private final MemorisationGate gate;
    private final int heldOut;
    private final String sha256;

    private ExternalSet(
            String name,
            ExternalFolder all,
            ExternalFolder admitted,
            MemorisationGate gate,
            int heldOut,
            String sha256) {
        this.name = name;
        this.all = all;
        this.admitted = admitted;
        this.gate = gate;
        this.heldOut = heldOut;
        this.sha256 = sha256;
    }

    /**
     * Compares all images with the real ones of a split.
     *
     * @throws UnusableInputException when one shows what classifiers are judged on, the scarce class is another one, or too few are left without
     *     near-copies of training images
     */
    static ExternalSet of(
            String name, ExternalFolder folder, Dataset split, ExperimentOptions options, Progress progress) {
        TrainingPart training = options.training(split);
        Imbalance imbalance = options.imbalance(training).orElseThrow();
        if (!imbalance.minority().equals(folder.className())) {
            throw new UnusableInputException("the images in " + folder.folder() + " are of class '" + folder.className()
                    + "', and on another split of --resplit the scarce class is '" + imbalance.minority()
                    + "'; leave --resplit away");
        }
        List<HeldOutPart> heldOut = Stream.concat(
                        options.protocol().validation(split).stream(), Stream.of(split.test()))
                .toList();
        folder.requireNoneOf(heldOut, progress);
        MemorisationGate gate = new MemorisationGate(
                training.ofClass(folder.className()), options.additions().maxSimilarity());
        ExternalFolder admitted = folder.only(admitted(folder, gate));
        int dropped = folder.size() - admitted.size();
        if (dropped > 0) {
            progress.message(dropped + " of " + folder.size() + " images in " + folder.folder()
                    + " are near-copies of training images (similarity above "
                    + options.additions().maxSimilarity()
                    + ") and are not used");
        }
        ExternalSet set = new ExternalSet(
                name,
                folder,
                admitted,
                gate,
                heldOut.stream().mapToInt(HeldOutPart::size).sum(),
                folder.sha256());
        options.arms().stream()
                .filter(set::serves)
                .forEach(arm -> set.requireEnough(
                        arm, imbalance.addedBy(arm), options.additions().maxSimilarity()));
        return set;
    }

    private static int[] admitted(ExternalFolder folder, MemorisationGate gate) {
        List<Integer> admitted = new ArrayList<>();
        for (int start = 0; start < folder.size(); start += BATCH) {
            int end = Math.min(folder.size(), start + BATCH);
            List<RgbImage> batch = IntStream.range(start, end)
                    .parallel()
                    .mapToObj(i -> folder.square(i, 2 * Thumbnail.SIDE))
                    .toList();
            boolean[] passes = gate.admits(batch);
            for (int i = 0; i < passes.length; i++) {
                if (passes[i]) {
                    admitted.add(start + i);
                }
            }
        }
        return admitted.stream().mapToInt(Integer::intValue).toArray();
    }

    private void requireEnough(Arm arm, int count, double maxSimilarity) {
        if (admitted.size() < count) {
            throw new UnusableInputException("the arm " + arm.word() + " adds " + count + " images of class '"
                    + all.className() + "', " + all.folder() + " has " + admitted.size() + " that may be used ("
                    + all.size() + ", " + (all.size() - admitted.size())
                    + " of them near-copies of training images, similarity above " + maxSimilarity
                    + "); bring more, or ask for fewer with external:" + name + ":N or external:" + name + "@RATIO");
        }
    }

    /** Whether an arm adds images of this folder. */
    boolean serves(Arm arm) {
        return ExternalImages.isExternal(arm) && arm.source().name().equals(name);
    }

    /** As many of the images as asked for, drawn by a seed; those of a smaller number are among those of a larger one. */
    ExternalFolder some(int count, long seed) {
        int[] order = new Seed(seed).of("external").permutation(admitted.size());
        return admitted.only(Arrays.copyOf(order, count));
    }

    String name() {
        return name;
    }

    /** With those that may not be used. */
    ExternalFolder all() {
        return all;
    }

    /** How many real images of the validation and test part all of these were compared with. */
    int heldOut() {
        return heldOut;
    }

    /** Whether the files are still those that were checked. */
    boolean isUnchanged() {
        return all.sha256().equals(sha256);
    }

    /** What of these an arm may be trained on. */
    Set<String> ids() {
        Set<String> ids = new HashSet<>();
        IntStream.range(0, admitted.size()).mapToObj(admitted::id).forEach(ids::add);
        return ids;
    }

    Results.Gate gate(double maxSimilarity) {
        return new Results.Gate(all.size(), all.size() - admitted.size(), maxSimilarity);
    }

    /** What each image is nearest to, in the order of their paths. */
    void writeSimilarities(Path file) throws IOException {
        gate.writeCsv(file, all.size());
    }
}
