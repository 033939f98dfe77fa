package org.lesionforge.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a person has put into a folder and the folders in it. What is hidden (its name starts with a dot) is passed over with everything in
 * it, and so are the folders that systems make: notebooks, file managers, archivers and version control leave copies there that nobody
 * means to use.
 *
 * <p>Links are followed. One that leads to a folder that it lies in is not entered again, so that a walk always ends and meets no file twice
 * because of it. Nothing is opened but folders: a pipe would wait forever.
 *
 * @param files regular files, and links to such, sorted
 * @param special what is neither a file nor a folder: pipes, sockets, devices; sorted
 * @param unreachable links to nothing, and what may not be looked into, sorted
 */
public record FileTree(List<Path> files, List<Path> special, List<Unreachable> unreachable) {
    private static final Set<String> MADE_BY_SYSTEMS =
            Set.of("__MACOSX", "@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information", "lost+found");

    /** @param reason short, for people */
    public record Unreachable(Path path, String reason) {}

    /**
     * Walks through a folder.
     *
     * @throws UnusableInputException when the folder itself cannot be read; what cannot be read in it is {@link #unreachable}
     */
    public static FileTree of(Path folder) {
        Walk walk = new Walk();
        try {
            walk.enter(folder, folder.toRealPath());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        return walk.tree();
    }

    /**
     * The files and folders directly in a folder that are wanted, sorted.
     *
     * @throws UnusableInputException when the folder cannot be read
     */
    public static List<Path> children(Path folder, Predicate<Path> wanted) {
        try {
            return list(folder).stream().filter(wanted).toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /**
     * The folders directly in a folder, sorted; links to folders too, unless they lead back.
     *
     * @throws UnusableInputException when the folder cannot be read
     */
    public static List<Path> folders(Path folder) {
        return children(folder, child -> Files.isDirectory(child) && !leadsBack(child));
    }

    /** The path of a file inside a folder, as {@link FileNames} writes it; the whole path when it lies elsewhere. */
    public static String relative(Path folder, Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path root = folder.toAbsolutePath().normalize();
        return FileNames.text(absolute.startsWith(root) ? root.relativize(absolute) : absolute);
    }

    private static boolean leadsBack(Path child) {
        try {
            return child.toAbsolutePath().getParent().toRealPath().startsWith(child.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path child : all) {
                if (!isPassedOver(child.getFileName().toString())) {
                    children.add(child);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(children);
        return children;
    }

    private static boolean isPassedOver(String name) {
        return name.startsWith(".") || MADE_BY_SYSTEMS.contains(name);
    }

    private static UnusableInputException unreadable(Path folder, IOException e) {
        return new UnusableInputException("cannot read the folder " + folder + ": " + reason(e), e);
    }

    /** What the system says, without the path and the words of Java. */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        } else if (e instanceof NoSuchFileException) {
            return "there is nothing of this name";
        } else if (e instanceof NotDirectoryException) {
            return "it is a file";
        } else if (e instanceof FileAlreadyExistsException) {
            return "it is there already";
        } else if (e instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        }
        // Where the system gives a reason, Java's own message has the path before it.
        return e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : e.getMessage();
    }

    private static final class Walk {
        private final List<Path> files = new ArrayList<>();
        private final List<Path> special = new ArrayList<>();
        private final List<Unreachable> unreachable = new ArrayList<>();
        /** The folders around the place where the walk is, without links. */
        private final Set<Path> around = new HashSet<>();

        FileTree tree() {
            // Folder by folder would be another order: "a-b" comes before "a/b".
            Collections.sort(files);
            Collections.sort(special);
            unreachable.sort((a, b) -> a.path().compareTo(b.path()));
            return new FileTree(List.copyOf(files), List.copyOf(special), List.copyOf(unreachable));
        }

        /** @param real the folder's path without links */
        void enter(Path folder, Path real) throws IOException {
            if (!around.add(real)) {
                return;
            }
            for (Path child : list(folder)) {
                try {
                    visit(child, real);
                } catch (IOException e) {
                    unreachable.add(new Unreachable(child, "cannot be opened: " + reason(e)));
                }
            }
            around.remove(real);
        }

        private void visit(Path child, Path realFolder) throws IOException {
            BasicFileAttributes own = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!own.isSymbolicLink()) {
                add(child, own, realFolder.resolve(child.getFileName()));
                return;
            }
            Path target;
            try {
                target = child.toRealPath();
            } catch (IOException e) {
                String why = e instanceof NoSuchFileException ? "which is not there" : reason(e);
                unreachable.add(new Unreachable(child, "a link to " + Files.readSymbolicLink(child) + ", " + why));
                return;
            }
            if (!realFolder.startsWith(target)) {
                add(child, Files.readAttributes(target, BasicFileAttributes.class), target);
            }
        }

        private void add(Path child, BasicFileAttributes attributes, Path real) throws IOException {
            if (attributes.isDirectory()) {
                enter(child, real);
            } else if (attributes.isRegularFile()) {
                files.add(child);
            } else {
                special.add(child);
            }
        }
    }
}
