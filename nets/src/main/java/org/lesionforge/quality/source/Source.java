package org.lesionforge.quality.source;

import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.ImageSet;
import org.lesionforge.data.ImagesAtSide;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.data.Part;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.io.NpyArray;
import org.lesionforge.io.NpzFile;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

/**
 * What a user names as one side of a comparison: exactly one of images, ready-made features, and the mean and covariance of features.
 *
 * @param name as the user gave it
 * @param images read when they are needed
 * @param features read when they are needed; closed with this
 * @param statistics mean and covariance
 */
public record Source(
        String name, Optional<ImageSet> images, Optional<FileFeatures> features, Optional<StatisticsFile> statistics)
        implements Closeable {
    private static final int LEAST = 2;

    /**
     * Finds out what a name means.
     *
     * @param name a folder of images, {@code DATASET:part} or {@code DATASET:part/class}, a {@code .npy} or {@code .npz} file of uint8 images
     *     N×H×W×3 or of float features N×d, a {@code .npz} file of statistics {@code mu} and {@code sigma}
     * @param progress receives how far images are listed and checked
     * @return what the name means, to be closed
     * @throws UnusableInputException when it is none of these, or has fewer than 2 images
     */
    public static Source open(String name, Progress progress) {
        return open(name, folder -> Dataset.open(folder, progress), progress);
    }

    /**
     * As {@link #open(String, Progress)}.
     *
     * @param name as there
     * @param datasets opens a data set, or has it open already: its pixels are read wholly, once, before the first is used
     * @param progress as there
     * @return what the name means, to be closed
     */
    public static Source open(String name, Function<Path, Dataset> datasets, Progress progress) {
        Source source = find(name, datasets, progress);
        if (source.statistics().isEmpty() && source.size().getAsInt() < LEAST) {
            String skipped = Optional.of(source.skipped())
                    .filter(files -> !files.isEmpty())
                    .map(files -> ", and " + files.size() + " unreadable, the first of them "
                            + files.get(0).path() + ": " + files.get(0).reason())
                    .orElse("");
            throw new UnusableInputException(name + " has " + source.size().getAsInt() + " readable images" + skipped
                    + "; at least " + LEAST + " are needed");
        }
        return source;
    }

    /** {@return how many images there are; empty where only their statistics are known} */
    public OptionalInt size() {
        if (statistics.isPresent()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(images.map(ImageSet::size)
                .orElseGet(() -> features.orElseThrow().count()));
    }

    /** {@return the files of a folder that are not readable images} */
    public List<SkippedFile> skipped() {
        return images.map(ImageSet::skipped).orElse(List.of());
    }

    /** {@return how many files of a folder are not images and do not claim to be} */
    public int otherFiles() {
        return images.map(ImageSet::otherFiles).orElse(0);
    }

    /** Features are not to be read any more; images can be. */
    @Override
    public void close() {
        features.ifPresent(FileFeatures::close);
    }

    private static Source find(String name, Function<Path, Dataset> datasets, Progress progress) {
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            if (Files.exists(path.resolve("dataset.json"))) {
                throw new UnusableInputException(name + " is a prepared data set; say which part: " + name
                        + ":train, :validation or :test, or one class of it: " + name + ":train/CLASS");
            }
            return of(name, FolderImages.open(path, progress));
        }
        if (Files.isRegularFile(path)) {
            return array(name, path);
        }
        int colon = name.lastIndexOf(':');
        if (colon > 0 && Files.isDirectory(Path.of(name.substring(0, colon)))) {
            return of(name, selected(datasets.apply(Path.of(name.substring(0, colon))), name.substring(colon + 1)));
        }
        throw new UnusableInputException("there is no folder or file " + name);
    }

    private static Source array(String name, Path path) {
        boolean zipped = name.toLowerCase(Locale.ROOT).endsWith(".npz");
        if (zipped && StatisticsFile.is(NpzFile.names(path))) {
            return new Source(name, Optional.empty(), Optional.empty(), Optional.of(StatisticsFile.open(path, name)));
        }
        NpyArray array = zipped ? NpzFile.open(path) : NpyArray.open(path, name);
        if (array.holdsImages()) {
            return of(name, new ArrayImages(array, path));
        }
        if (array.holdsFeatures()) {
            return new Source(name, Optional.empty(), Optional.of(FeatureFile.open(array)), Optional.empty());
        }
        throw new UnusableInputException(name + " holds " + array.description()
                + "; expected uint8 images N×H×W×3 (|u1), or float32 or float64 features N×d (<f4, <f8), or in a .npz the"
                + " statistics mu and sigma");
    }

    private static ImageSet selected(Dataset data, String selection) {
        int slash = selection.indexOf('/');
        String part = slash < 0 ? selection : selection.substring(0, slash);
        Optional<String> className = slash < 0 ? Optional.empty() : Optional.of(selection.substring(slash + 1));
        for (Part each : Part.values()) {
            if (each.word().equals(part)) {
                ImagesAtSide largest = part(data, each, className).atLargest();
                data.requireUnchanged(largest.side());
                return largest;
            }
        }
        throw new UnusableInputException("a part is train, validation or test, got '" + part + "'");
    }

    private static LabelledImages part(Dataset data, Part part, Optional<String> className) {
        return switch (part) {
            case TRAIN -> {
                TrainingPart all = data.training();
                yield className.map(all::ofClass).orElse(all);
            }
            case VALIDATION -> chosen(data.validation(), className);
            case TEST -> chosen(data.test(), className);
        };
    }

    private static HeldOutPart chosen(HeldOutPart all, Optional<String> className) {
        return className.map(all::ofClass).orElse(all);
    }

    private static Source of(String name, ImageSet images) {
        return new Source(name, Optional.of(images), Optional.empty(), Optional.empty());
    }
}
