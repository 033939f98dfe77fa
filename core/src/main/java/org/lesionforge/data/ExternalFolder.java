package org.lesionforge.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lesionforge.duplicate.NearDuplicate;
import org.lesionforge.duplicate.Thumbnail;
import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.Fit;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.io.FileNames;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;

/**
 * Images of one class that another program generated, of any size and of every kind that is read. They lie in a folder named after their class, or
 * in the folder itself. Each becomes square as the data set's own images did, by its {@link Fit} and antialiased bicubic resampling, from its file
 * whenever it is read. Their identifiers are {@code synthetic-external-<name>/<path>}.
 *
 * <p>Where they come from is not known, nor whether their generator saw images that the classifier is judged on. That none of them <em>is</em> such
 * an image can be {@linkplain #requireNoneOf checked}.
 */
public final class ExternalFolder implements SyntheticSet {
    private static final String PREFIX = "synthetic-external-";
    private static final int PAIRS_NAMED = 5;

    private final String name;
    private final Path folder;
    private final String className;
    private final Fit fit;
    private final List<ImageFolder.Entry> images;
    private final OptionalInt detour;

    private ExternalFolder(
            String name, Path folder, String className, Fit fit, List<ImageFolder.Entry> images, OptionalInt detour) {
        this.name = name;
        this.folder = folder;
        this.className = className;
        this.fit = fit;
        this.images = images;
        this.detour = detour;
    }

    /**
     * {@return whether an existing folder holds other images than those that {@code gan sample} draws, by their names
     * and tables}
     *
     * @param folder of images, or of folders of classes
     */
    public static boolean isExternal(Path folder) {
        return Files.isDirectory(folder)
                && !SyntheticManifest.isIn(folder)
                && FileTree.folders(folder).stream()
                        .allMatch(each -> FileTree.children(each, SyntheticFolder::isSynthetic)
                                .isEmpty())
                && !ImageFolder.of(folder).images().isEmpty();
    }

    /**
     * The images of one class: those in the folder of {@code folder} that is named after it, in either case of letters;
     * without folders, those in {@code folder} itself. Each is decoded once; {@code progress} receives a message about
     * those that cannot be.
     *
     * @param name of the set, in the identifiers of its images
     * @param folder of images, or of folders of classes
     * @param className one of the data set's
     * @param dataset whose images they are added to
     * @param progress receives a message about files that cannot be read
     * @return the images of that class
     * @throws UnusableInputException when there is no such folder of images, none can be read, or one was drawn by
     *     {@code gan sample}
     */
    public static ExternalFolder open(String name, Path folder, String className, Dataset dataset, Progress progress) {
        Path place = placeOf(folder, className, dataset, progress);
        ImageFolder found = ImageFolder.of(place);
        found.notes().forEach(note -> progress.message(place + ": " + note));
        List<String> problems =
                found.images().parallelStream().map(ExternalFolder::problem).toList();
        List<ImageFolder.Entry> readable = new ArrayList<>();
        List<SkippedFile> skipped = new ArrayList<>(found.skipped());
        for (int i = 0; i < problems.size(); i++) {
            ImageFolder.Entry image = found.images().get(i);
            if (problems.get(i).isEmpty()) {
                readable.add(image);
            } else {
                skipped.add(new SkippedFile(image.id(), problems.get(i)));
            }
        }
        String first = skipped.isEmpty()
                ? ""
                : ", the first is " + skipped.get(0).path() + " ("
                        + skipped.get(0).reason() + ")";
        if (readable.isEmpty()) {
            throw new UnusableInputException(place + " has no image that can be read"
                    + (skipped.isEmpty() ? found.instead() : first) + "; name a folder of images of class '" + className
                    + "'");
        }
        if (!skipped.isEmpty()) {
            progress.warn(skipped.size() + " of " + (readable.size() + skipped.size()) + " images in " + place
                    + " cannot be read and are not used" + first);
        }
        requireNoneDrawn(place, readable);
        Fit fit = Fit.valueOf(dataset.manifest().fit().toUpperCase(Locale.ROOT));
        return new ExternalFolder(name, place, className, fit, List.copyOf(readable), OptionalInt.empty());
    }

    /**
     * {@return the images, as {@link #open(String, Path, String, Dataset, Progress)}, of the one class that the folder
     * says: by the name of the one folder in it, or by its own}
     *
     * @param name of the set, in the identifiers of its images
     * @param folder of images, or of one folder of a class
     * @param dataset whose images they are added to
     * @param progress receives a message about files that cannot be read
     * @throws UnusableInputException also when neither is the name of a class
     */
    public static ExternalFolder open(String name, Path folder, Dataset dataset, Progress progress) {
        List<String> inside = dataset.classes().stream()
                .filter(each -> FileTree.folders(folder).stream().anyMatch(path -> isNamed(path, each)))
                .toList();
        if (inside.size() > 1) {
            throw new UnusableInputException(folder + " has folders of the classes " + inside
                    + ", and images of one class are added; name one of the folders");
        }
        String className = Stream.concat(
                        inside.stream(),
                        dataset.classes().stream()
                                .filter(each -> isNamed(folder.toAbsolutePath().normalize(), each)))
                .findFirst()
                .orElseThrow(() -> new UnusableInputException("of which class the images in " + folder
                        + " are is not known: put them into a folder named after it, one of " + dataset.classes()));
        return open(name, folder, className, dataset, progress);
    }

    private static Path placeOf(Path folder, String className, Dataset dataset, Progress progress) {
        if (!Files.isDirectory(folder)) {
            throw new UnusableInputException(folder + (Files.exists(folder) ? " is not a folder" : " is not there")
                    + "; name a folder of images");
        }
        List<Path> inside = FileTree.folders(folder);
        List<Path> ofClass =
                inside.stream().filter(each -> isNamed(each, className)).toList();
        if (ofClass.size() == 1) {
            if (inside.size() > 1) {
                progress.message("of the " + inside.size() + " folders in " + folder + " only "
                        + FileNames.name(ofClass.get(0)) + " is used");
            }
            return ofClass.get(0);
        }
        Path whole = folder.toAbsolutePath().normalize();
        dataset.classes().stream()
                .filter(each -> !each.equals(className) && isNamed(whole, each))
                .findFirst()
                .ifPresent(other -> {
                    throw new UnusableInputException("the images in " + folder + " are of class '" + other
                            + "' by the name of the folder, those to be added are of class '" + className
                            + "'; name a folder of these");
                });
        if (!inside.isEmpty()) {
            throw new UnusableInputException(
                    folder + " must hold images of class '" + className + "', or one folder called '" + className
                            + "' of them; it has the folders "
                            + inside.stream().map(FileNames::name).toList());
        }
        return folder;
    }

    private static boolean isNamed(Path folder, String className) {
        return folder.getFileName() != null
                && FileNames.normalForm(FileNames.name(folder)).equalsIgnoreCase(FileNames.normalForm(className));
    }

    private static String problem(ImageFolder.Entry image) {
        try {
            ImageDecoder.read(image.path());
            return "";
        } catch (UnreadableImageException e) {
            return e.getMessage();
        }
    }

    /** Of these it is known which images their generator saw, which is worth checking. */
    private static void requireNoneDrawn(Path place, List<ImageFolder.Entry> images) {
        Path above = place.toAbsolutePath().normalize().getParent();
        boolean set = above != null && SyntheticManifest.isIn(above);
        images.parallelStream()
                .filter(image -> set || SyntheticManifest.isDrawn(image.path()))
                .findFirst()
                .ifPresent(image -> {
                    throw new UnusableInputException(
                            image.path() + " was drawn by 'gan sample', and what its generator saw"
                                    + " can be checked: in an experiment, name the GAN's run with --gan RUN and take the arm"
                                    + " dcgan; with 'classify train --add', name the whole folder that 'gan sample' made");
                });
    }

    /**
     * Over their paths in the folder and the contents of their files.
     *
     * @throws UnusableInputException when a file cannot be read any more
     */
    public String sha256() {
        List<String> hashes = images.parallelStream().map(ExternalFolder::hash).toList();
        MessageDigest digest = Sha256.digest();
        for (int i = 0; i < images.size(); i++) {
            digest.update((images.get(i).id() + "\n" + hashes.get(i) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Sha256.hex(digest);
    }

    private static String hash(ImageFolder.Entry image) {
        try {
            return Sha256.of(image.path());
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + image.path() + ": " + FileTree.reason(e), e);
        }
    }

    /**
     * Makes sure that none of the images is one of {@code heldOut}, as it is or resized, compressed, turned, mirrored
     * or cropped a little ({@link NearDuplicate}).
     *
     * @param heldOut validation and test parts
     * @param progress advances by image
     * @throws UnusableInputException naming the first pairs and how many there are
     */
    public void requireNoneOf(List<HeldOutPart> heldOut, Progress progress) {
        List<Thumbnail> own = thumbnails(size(), i -> square(i, Thumbnail.SIDE));
        List<String> ids = new ArrayList<>();
        List<Thumbnail> others = new ArrayList<>();
        for (HeldOutPart part : heldOut) {
            ImagesAtSide heldOutImages = part.atLeast(Thumbnail.SIDE);
            IntStream.range(0, part.size()).mapToObj(part::id).forEach(ids::add);
            others.addAll(thumbnails(part.size(), heldOutImages::image));
        }
        List<NearDuplicate> pairs = NearDuplicate.between(own, others, progress);
        if (pairs.isEmpty()) {
            return;
        }
        String named = pairs.stream()
                .limit(PAIRS_NAMED)
                .map(pair -> images.get(pair.a()).id() + " is " + ids.get(pair.b()))
                .collect(Collectors.joining(", "));
        long leaked = pairs.stream().map(NearDuplicate::a).distinct().count();
        throw new UnusableInputException(
                leaked + " of the " + size() + " images in " + folder + " show what classifiers are judged on"
                        + " (validation and test part): " + named + (pairs.size() > PAIRS_NAMED ? ", …" : "")
                        + "; take them out of the folder, and ask whether their generator was trained on such images");
    }

    private static List<Thumbnail> thumbnails(int count, IntFunction<RgbImage> image) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> Thumbnail.of(image.apply(i)))
                .toList();
    }

    /**
     * {@return some of the images alone}
     *
     * @param indices positions of images, each from 0 to {@link #size()} − 1
     */
    public ExternalFolder only(int[] indices) {
        List<ImageFolder.Entry> some =
                IntStream.of(indices).mapToObj(images::get).toList();
        return new ExternalFolder(name, folder, className, fit, some, detour);
    }

    /**
     * {@return the same images, each brought to {@code side × side} first and from there to whatever side is read, as
     * {@link Dataset#through} does}
     *
     * @param side in pixels, at least 1
     */
    public ExternalFolder through(int side) {
        return new ExternalFolder(name, folder, className, fit, images, OptionalInt.of(side));
    }

    /** {@return where the images lie} */
    public Path folder() {
        return folder;
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public String className() {
        return className;
    }

    @Override
    public String id(int i) {
        return PREFIX + name + "/" + images.get(i).id();
    }

    /**
     * {@return image {@code i} as {@code side × side}}
     *
     * @param i 0 to {@link #size()} − 1
     * @param side in pixels, at least 1
     */
    public RgbImage square(int i, int side) {
        try {
            RgbImage whole = ImageDecoder.read(images.get(i).path());
            RgbImage image = fit.apply(whole, detour.orElse(side));
            return image.width() == side ? image : Resampler.resize(image, side, side, Filter.BICUBIC);
        } catch (UnreadableImageException e) {
            throw new UnusableInputException(
                    "cannot read " + images.get(i).path() + " any more: " + e.getMessage()
                            + "; bring the file back as it was",
                    e);
        }
    }

    /** @throws UnusableInputException when the file was changed meanwhile and cannot be decoded */
    @Override
    public void read(int i, int side, byte[] target, int offset) {
        System.arraycopy(square(i, side).pixels(), 0, target, offset, 3 * side * side);
    }
}
