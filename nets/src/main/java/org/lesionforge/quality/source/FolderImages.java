package org.lesionforge.quality.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.lesionforge.data.ImageFolder;
import org.lesionforge.data.ImageSet;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.data.synthetic.GeneratorMarks;
import org.lesionforge.data.synthetic.SyntheticManifest;
import org.lesionforge.image.PixelHash;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

/**
 * The image files of a folder and the folders in it, in the order of their paths, as {@link ImageFolder} finds them. Those that are not readable
 * are skipped and listed.
 *
 * <p>Every file is decoded once when the folder is opened, which tells sizes, hash and damage, and again when it is read: the images of a
 * large folder do not fit into memory.
 */
public final class FolderImages implements ImageSet {
    /** @param reason why the file is unreadable; empty when it is readable */
    private record Surveyed(String id, Path path, int width, int height, String hash, String reason) {}

    private final List<Surveyed> images;
    private final List<SkippedFile> skipped;
    private final int otherFiles;

    private FolderImages(ImageFolder found, List<Surveyed> files) {
        images = files.stream().filter(file -> file.reason().isEmpty()).toList();
        Stream<SkippedFile> unreadable = files.stream()
                .filter(file -> !file.reason().isEmpty())
                .map(file -> new SkippedFile(file.id(), file.reason()));
        skipped = Stream.concat(found.skipped().stream(), unreadable).toList();
        otherFiles = found.others().size();
    }

    /**
     * Lists the images of a folder and decodes each.
     *
     * @param folder of images, some of them perhaps in folders of it
     * @param progress receives how far it is looked through, and what was noticed
     * @return those that are readable
     * @throws UnusableInputException when a set of synthetic images in it is not whole
     */
    public static FolderImages open(Path folder, Progress progress) {
        requireWholeSyntheticSets(folder, progress);
        ImageFolder found = ImageFolder.of(folder).withoutTwins();
        found.notes().forEach(progress::message);
        AtomicInteger done = new AtomicInteger();
        String task = "looking through " + folder;
        int all = found.images().size();
        List<Surveyed> files = found.images().parallelStream()
                .map(image -> {
                    progress.cancellation().throwIfRequested(task, done.get(), all);
                    Surveyed surveyed = survey(image.id(), image.path());
                    progress.advance(task, done.incrementAndGet(), all, "");
                    return surveyed;
                })
                .toList();
        return new FolderImages(found, files);
    }

    /** A folder may be a set of synthetic images, hold some, or be the class folder of one. */
    private static void requireWholeSyntheticSets(Path folder, Progress progress) {
        Path parent = folder.toAbsolutePath().normalize().getParent();
        Stream<Path> around = Stream.ofNullable(parent).filter(Files::isReadable);
        Stream.concat(around, Stream.concat(Stream.of(folder), FileTree.folders(folder).stream()))
                .filter(SyntheticManifest::isIn)
                .forEach(set -> SyntheticManifest.requireWhole(set, progress));
    }

    private static Surveyed survey(String id, Path file) {
        try {
            RgbImage image = ImageDecoder.read(file);
            return new Surveyed(id, file, image.width(), image.height(), PixelHash.of(image), "");
        } catch (UnreadableImageException e) {
            return new Surveyed(id, file, 0, 0, "", e.getMessage());
        }
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public int width(int i) {
        return images.get(i).width();
    }

    @Override
    public int height(int i) {
        return images.get(i).height();
    }

    @Override
    public String id(int i) {
        return images.get(i).id();
    }

    @Override
    public List<SkippedFile> skipped() {
        return skipped;
    }

    @Override
    public int otherFiles() {
        return otherFiles;
    }

    @Override
    public Optional<String> generated() {
        return GeneratorMarks.among(images.stream()
                .map(image -> new ImageFolder.Entry(image.id(), image.path()))
                .toList());
    }

    @Override
    public String sha256(int i) {
        return images.get(i).hash();
    }

    @Override
    public RgbImage image(int i) {
        Surveyed expected = images.get(i);
        try {
            RgbImage image = ImageDecoder.read(expected.path());
            if (image.width() != expected.width() || image.height() != expected.height()) {
                throw new UnusableInputException(expected.path() + " was changed while it was being read; start again");
            }
            return image;
        } catch (UnreadableImageException e) {
            throw new UnusableInputException(
                    expected.path() + " was readable a moment ago and is not now: " + e.getMessage(), e);
        }
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        byte[] pixels = image(i).pixels();
        System.arraycopy(pixels, 0, target, offset, pixels.length);
    }
}
