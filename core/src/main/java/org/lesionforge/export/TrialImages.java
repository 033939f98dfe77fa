package org.lesionforge.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lesionforge.data.AddedImages;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.data.Part;
import org.lesionforge.data.TrainingCopies;
import org.lesionforge.data.added.AcquiredImages;
import org.lesionforge.data.added.Acquisition;
import org.lesionforge.data.added.ShuffledClasses;
import org.lesionforge.data.synthetic.ExternalFolder;
import org.lesionforge.data.synthetic.SyntheticFolder;
import org.lesionforge.export.TrialImage.Origin;
import org.lesionforge.image.PixelHash;
import org.lesionforge.image.file.PngText;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.PredictionsFile;
import org.lesionforge.run.Results.ArmResult;
import org.lesionforge.run.RunConfig;
import org.lesionforge.run.RunLayout;
import org.lesionforge.run.RunLayout.ArmLayout;
import org.lesionforge.run.SplitDirectory;
import org.lesionforge.run.arm.ArmSource;
import org.lesionforge.run.arm.DrawnSet;

/**
 * The images of a trial, found by the ids in its files: what it was trained on by {@code training-ids.txt}, what it was
 * judged on by its predictions. So whatever made them, these are the ones; the checksum that the training recorded of
 * their pixels proves it.
 */
final class TrialImages {
    private final Path run;
    private final ArmResult trial;
    private final Dataset dataset;
    private final ArmLayout files;
    private final Map<String, TrialImage> real = new HashMap<>();
    private final Map<String, TrialImage> added = new HashMap<>();
    private final int side;
    /** Of the real images that the arm was trained on, once somebody asks. */
    private @Nullable Acquisition acquisition;

    /**
     * @param run folder of the experiment
     * @param trial one of its results
     * @param dataset that the experiment is of, in any split
     * @throws UnusableInputException when a file of the trial is missing or damaged, or an image cannot be found
     */
    TrialImages(Path run, ArmResult trial, Dataset dataset, Progress progress) {
        this.run = run;
        this.trial = trial;
        this.dataset = dataset;
        files = new ArmLayout(run.resolve(trial.folder()));
        TrialConfig config = TrialConfig.read(files.config());
        side = config.options().size();
        Dataset seen = trial.arm().degraded() ? dataset.through(generatorSize()) : dataset;
        for (Part part : Part.values()) {
            LabelledImages images = seen.part(part);
            for (int i = 0; i < images.size(); i++) {
                int index = i;
                add(
                        real,
                        images.id(i),
                        images.classes().get(images.label(i)),
                        Origin.REAL,
                        Map.of(),
                        (size, target) -> images.read(index, size, target, 0));
            }
        }
        ArmSource source = trial.arm().source();
        if (source.kind() == ArmSource.Kind.EXTERNAL) {
            addExternal(source.name(), seen, progress);
        }
        trial.arm().drawn().ifPresent(set -> addSynthetic(set, progress));
        config.imagesSha256().ifPresent(recorded -> requireSame(recorded, dataset));
    }

    /** The side of the images that the classifier saw, in pixels. */
    int side() {
        return side;
    }

    private SplitDirectory split() {
        RunLayout layout = new RunLayout(run);
        if (trial.fold().isPresent()) {
            return layout.splitOfFold(trial.fold().get());
        }
        SplitDirectory ofSeed = layout.splitOf(trial.seed());
        return Files.isDirectory(ofSeed.folder()) ? ofSeed : layout.ownSplit();
    }

    private int generatorSize() {
        return TrialConfig.generatorSize(
                new RunLayout(run).config(), trial.arm().generator());
    }

    private void addSynthetic(DrawnSet set, Progress progress) {
        List<String> classes = set.isOfEveryClass() ? dataset.classes() : List.of("");
        for (String className : classes) {
            Path folder = split().synthetic(set, trial.seed(), className);
            SyntheticFolder images = SyntheticFolder.open(folder, progress);
            AddedImages seen = acquired(images, OptionalInt.of(generatorSize()), matched());
            for (int i = 0; i < images.size(); i++) {
                Path file = folder.resolve(images.className()).resolve(images.id(i) + ".png");
                add(seen, i, PngText.read(file));
            }
        }
    }

    private boolean matched() {
        return TrialConfig.matchesAcquisition(new RunLayout(run).config());
    }

    /** As the classifier saw them: some generated images, and processed ones, went through what the photographs did. */
    private AddedImages acquired(AddedImages images, OptionalInt own, boolean matched) {
        if (!matched) {
            return images;
        }
        return new AcquiredImages(
                images,
                acquisition(),
                own,
                trial.arm().degraded() ? OptionalInt.of(generatorSize()) : OptionalInt.empty());
    }

    private Acquisition acquisition() {
        if (acquisition == null) {
            acquisition = Acquisition.of(
                    dataset, ids().stream().filter(real::containsKey).collect(Collectors.toSet()));
        }
        return acquisition;
    }

    private void addExternal(String name, Dataset seen, Progress progress) {
        RunConfig.ExternalImages recorded =
                RunConfig.read(new RunLayout(run).config()).external().get(name);
        if (recorded == null) {
            throw new UnusableInputException(new RunLayout(run).config() + " does not say where the images of '" + name
                    + "' are; bring the file back from a copy");
        }
        ExternalFolder all =
                ExternalFolder.open(name, Path.of(recorded.folder()), recorded.className(), seen, progress);
        boolean matched = matched();
        ExternalFolder images = trial.arm().degraded() && !matched ? all.through(generatorSize()) : all;
        AddedImages acquired = acquired(images, OptionalInt.empty(), matched);
        IntStream.range(0, images.size()).forEach(i -> add(acquired, i, Map.of()));
    }

    private void add(AddedImages images, int i, Map<String, String> texts) {
        add(
                added,
                images.id(i),
                images.className(i),
                Origin.SYNTHETIC,
                texts,
                (size, target) -> images.read(i, size, target, 0));
    }

    private static void add(
            Map<String, TrialImage> all,
            String id,
            String className,
            Origin origin,
            Map<String, String> texts,
            TrialImage.Pixels pixels) {
        all.put(id, new TrialImage(id, className, origin, texts, pixels));
    }

    /** What the classifier was trained on, in its order. */
    List<TrialImage> training() {
        List<TrialImage> images = ids().stream().map(this::trained).toList();
        return trial.arm().shuffled() ? shuffled(images) : images;
    }

    /** Those that were added, in their order, with each other's classes. */
    private List<TrialImage> shuffled(List<TrialImage> images) {
        List<TrialImage> generated = images.stream()
                .filter(image -> image.origin() == Origin.SYNTHETIC)
                .toList();
        int[] order = ShuffledClasses.order(generated.size(), trial.seed());
        List<TrialImage> all = new ArrayList<>(images.stream()
                .filter(image -> image.origin() != Origin.SYNTHETIC)
                .toList());
        for (int i = 0; i < order.length; i++) {
            TrialImage image = generated.get(i);
            all.add(new TrialImage(
                    image.id(), generated.get(order[i]).className(), image.origin(), image.texts(), image.pixels()));
        }
        return all;
    }

    private List<String> ids() {
        try {
            return Files.readAllLines(files.trainingIds());
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + files.trainingIds() + ": " + e.getMessage(), e);
        }
    }

    private TrialImage trained(String id) {
        if (TrainingCopies.isCopy(id)) {
            return copy(id);
        }
        TrialImage image = added.containsKey(id) ? added.get(id) : real.get(id);
        if (image == null) {
            throw unknown(id, files.trainingIds());
        }
        return image;
    }

    private TrialImage copy(String id) {
        TrialImage original = real.get(TrainingCopies.originalOf(id));
        if (original == null) {
            throw unknown(id, files.trainingIds());
        }
        TrialImage.Pixels pixels =
                switch (trial.arm().source().kind()) {
                    case CLASSICAL ->
                        (size, target) -> TrainingCopies.alterationOf(id, trial.seed())
                                .apply(original.at(size).pixels(), size, target, 0);
                    case PROCESSED -> processed(id, original);
                    default -> original.pixels();
                };
        return new TrialImage(id, original.className(), Origin.COPY, Map.of(), pixels);
    }

    /** The original as a generator of its size would show it, on the way of the photographs. */
    private TrialImage.Pixels processed(String id, TrialImage original) {
        int small = generatorSize();
        OptionalInt detour = trial.arm().degraded() ? OptionalInt.of(small) : OptionalInt.empty();
        Acquisition way = acquisition();
        return (size, target) -> System.arraycopy(
                way.apply(original.at(small), id, size, detour).pixels(), 0, target, 0, 3 * size * size);
    }

    /** What the classifier's epochs and thresholds were chosen on; empty where it had no such part. */
    List<TrialImage> validation() {
        return PredictionsFile.find(files.validationPredictions(), trial.test().positive())
                .map(predictions -> judged(predictions, files.validationPredictions()))
                .orElse(List.of());
    }

    /** What the classifier was tested on. */
    List<TrialImage> test() {
        return judged(PredictionsFile.read(files.testPredictions(), trial.test().positive()), files.testPredictions());
    }

    private List<TrialImage> judged(PredictionsFile predictions, Path table) {
        return predictions.ids().stream()
                .map(id -> Optional.ofNullable(real.get(id)).orElseThrow(() -> unknown(id, table)))
                .toList();
    }

    private static UnusableInputException unknown(String id, Path file) {
        return new UnusableInputException(file + " names an image '" + id
                + "' that is neither in the data set nor among the images that the arm adds; give the experiment's own"
                + " data set with --dataset, and leave the run's files as they are");
    }

    /** @throws UnusableInputException when the pixels are not those that the classifier was trained on */
    private void requireSame(String recorded, Dataset dataset) {
        if (!dataset.sides().contains(side)) {
            return;
        }
        String found = PixelHash.ofAll(training().parallelStream().map(image -> PixelHash.of(image.at(side))));
        if (!found.equals(recorded)) {
            throw new UnusableInputException("the images of arm " + trial.name() + ", seed " + trial.seed()
                    + ", are not those it was trained on: SHA-256 of their pixels " + found + ", " + files.config()
                    + " has " + recorded + "; bring data set and run back as they were");
        }
    }

    /** @throws UnusableInputException when a real image that is trained on, or its copy, is also judged on */
    static void requireApart(List<TrialImage> training, List<TrialImage> judged) {
        Set<String> held = new HashSet<>();
        judged.forEach(image -> held.add(image.id()));
        training.stream()
                .filter(image -> held.contains(TrainingCopies.originalOf(image.id())))
                .findFirst()
                .ifPresent(image -> {
                    throw new UnusableInputException("the image '" + image.id()
                            + "' is in the training part and among those that the classifier was judged on; the run's"
                            + " files were changed, bring them back from a copy");
                });
    }
}
