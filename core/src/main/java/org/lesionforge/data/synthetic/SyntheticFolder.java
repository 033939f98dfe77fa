package org.lesionforge.data.synthetic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lesionforge.data.SyntheticSet;
import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.io.FileNames;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

/**
 * Generated images in a folder, as {@code gan sample} writes them: {@code DIR/<class>/synthetic-<run>-<index>.png}, one class per folder.
 *
 * <p>Images are decoded each time they are read, and resampled (antialiased bicubic) to any other side.
 */
public final class SyntheticFolder implements SyntheticSet {
    private static final String PREFIX = "synthetic-";

    private final String className;
    private final List<Path> files;

    private SyntheticFolder(String className, List<Path> files) {
        this.className = className;
        this.files = files;
    }

    /**
     * {@return all images of a folder, in the order of their names}
     *
     * @param folder that {@code gan sample} wrote
     * @throws UnusableInputException when there is not exactly one class folder, or no image in it; or as {@link
     *     SyntheticManifest#requireWhole}
     */
    public static SyntheticFolder open(Path folder) {
        return open(folder, Progress.SILENT);
    }

    /**
     * {@return all images of a folder, as {@link #open(Path)}}
     *
     * @param folder that {@code gan sample} wrote
     * @param progress receives a warning about a set without checksums
     * @throws UnusableInputException as there
     */
    public static SyntheticFolder open(Path folder, Progress progress) {
        if (!Files.isDirectory(folder)) {
            throw new UnusableInputException("there is no folder " + folder
                    + "; make synthetic images with: lesionforge gan sample RUN --out " + folder);
        }
        List<Path> classes = FileTree.folders(folder);
        if (classes.size() != 1) {
            throw new UnusableInputException(
                    folder + " must hold one folder, named after the class of its images; it has "
                            + classes.stream().map(FileNames::name).toList());
        }
        List<Path> files = FileTree.children(classes.get(0), SyntheticFolder::isSynthetic);
        if (files.isEmpty()) {
            throw new UnusableInputException(classes.get(0) + " has no " + PREFIX
                    + "*.png; make some with: lesionforge gan sample RUN --out " + folder);
        }
        for (Path file : files) {
            // Reading a pipe would block forever.
            if (!Files.isRegularFile(file)) {
                throw new UnusableInputException(
                        file + " is not a file, or a link to none; remove it, or sample again into another folder");
            }
        }
        if (SyntheticManifest.isIn(folder)) {
            SyntheticManifest.requireWhole(folder, progress);
        }
        return new SyntheticFolder(FileNames.name(classes.get(0)), files);
    }

    /**
     * {@return the first {@code count} images alone}
     *
     * @param count at least 1
     * @throws UnusableInputException when there are fewer
     */
    public SyntheticFolder first(int count) {
        if (count < 1 || count > files.size()) {
            throw new UnusableInputException("asked for " + count + " synthetic images of class '" + className + "', "
                    + files.get(0).getParent() + " has " + files.size());
        }
        return new SyntheticFolder(className, files.subList(0, count));
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public String className() {
        return className;
    }

    @Override
    public String id(int i) {
        String name = FileNames.name(files.get(i));
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** @throws UnusableInputException when the file cannot be decoded */
    @Override
    public void read(int i, int side, byte[] target, int offset) {
        try {
            RgbImage image = ImageDecoder.read(files.get(i));
            RgbImage resized = image.width() == side && image.height() == side
                    ? image
                    : Resampler.resize(image, side, side, Filter.BICUBIC);
            System.arraycopy(resized.pixels(), 0, target, offset, 3 * side * side);
        } catch (UnreadableImageException e) {
            throw new UnusableInputException(
                    "cannot read the synthetic image " + files.get(i) + ": " + e.getMessage() + "; sample again", e);
        }
    }

    static boolean isSynthetic(Path file) {
        return FileNames.name(file).startsWith(PREFIX) && FileNames.name(file).endsWith(".png");
    }
}
