package org.lesionforge.cli.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.io.UnusableInputException;

/**
 * Finds the folder meant when the user names one that contains it: an experiment's run for its GAN, the demo for its
 * run.
 */
public enum InnerFolder {
    /** Checked with a second file, since a classifier has a list of training images, too. */
    GAN("GAN run", "training-ids.txt", "licences.json"),
    CLASSIFIER("trained classifier", "model.json"),
    /** Trained to its end or not; a GAN has the licences of its images beside the first two. */
    CLASSIFIER_RUN("classifier's run", "training-ids.txt", "config.json", "licences.json"),
    SYNTHETIC("synthetic set", "manifest.csv"),
    EXPERIMENT("experiment", "results.json");

    /** {@code demo/run/splits/seed0/generators/dcgan} is five levels deep. */
    private static final int DEEPEST = 5;

    private static final int NAMED = 10;

    private final String what;
    /** The file that identifies it, and a second one, where that is not enough. */
    private final String marker;

    private final String beside;
    /** A file that only folders of another kind have; empty where that is not needed. */
    private final Optional<String> foreign;

    InnerFolder(String what, String marker) {
        this(what, marker, marker);
    }

    InnerFolder(String what, String marker, String beside) {
        this(what, marker, beside, Optional.empty());
    }

    InnerFolder(String what, String marker, String beside, String foreign) {
        this(what, marker, beside, Optional.of(foreign));
    }

    InnerFolder(String what, String marker, String beside, Optional<String> foreign) {
        this.what = what;
        this.marker = marker;
        this.beside = beside;
        this.foreign = foreign;
    }

    /**
     * The folder itself, where it is of this kind or contains none; else the one it contains, which is reported on
     * stderr.
     *
     * @throws UnusableInputException when it contains several; the message names them
     */
    public Path in(Path folder, CommonOptions common) {
        if (isOne(folder) || !Files.isDirectory(folder)) {
            return folder;
        }
        List<Path> found = find(folder);
        if (found.size() > 1) {
            throw new UnusableInputException(folder + " holds " + found.size() + " folders that are each a " + what
                    + "; name one of them: "
                    + String.join(
                            ", ",
                            found.stream().limit(NAMED).map(Path::toString).toList())
                    + (found.size() > NAMED ? ", …" : ""));
        }
        if (found.isEmpty()) {
            return folder;
        }
        common.progress().message(folder + " holds one " + what + ", which is used: " + found.get(0));
        return found.get(0);
    }

    private boolean isOne(Path folder) {
        return Files.exists(folder.resolve(marker))
                && Files.exists(folder.resolve(beside))
                && foreign.map(folder::resolve).filter(Files::exists).isEmpty();
    }

    private List<Path> find(Path folder) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, Set.of(), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                    if (isOne(inner)) {
                        found.add(inner);
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    boolean hidden = inner.getFileName() != null
                            && inner.getFileName().toString().startsWith(".")
                            && !inner.equals(folder);
                    return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    // At the deepest level folders are visited as files.
                    if (attributes.isDirectory() && isOne(file)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
        found.sort(null);
        return found;
    }
}
