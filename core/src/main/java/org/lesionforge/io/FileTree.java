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
 * The files of a folder and its subfolders. Hidden files and folders (names that start with a dot) are skipped, and so
 * are folders that systems make: notebooks, file managers, archivers and version control leave unintended copies there.
 *
 * <p>Links are followed, except to a folder that contains the link, so that a walk always ends and finds no file twice.
 * Only folders are opened: a pipe would block forever.
 *
 * @param files regular files, and links to such, sorted
 * @param special neither file nor folder: pipes, sockets, devices; sorted
 * @param unreachable broken links and unreadable folders, sorted
 */
public record FileTree(List<Path> files, List<Path> special, List<Unreachable> unreachable) {
    private static final Set<String> MADE_BY_SYSTEMS =
            Set.of("__MACOSX", "@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information", "lost+found");

    /** @param reason short, for people */
    public record Unreachable(Path path, String reason) {}

    /**
     * Lists a folder.
     *
     * @param folder a folder, or a link to one
     * @return what is in it, at any depth
     * @throws UnusableInputException when the folder itself cannot be read; unreadable entries in it are
     *     {@link #unreachable}
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
     * @param folder a folder, or a link to one
     * @param wanted asked about each path that is not passed over
     * @return the paths that are
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
     * @param folder a folder, or a link to one
     * @return their paths
     * @throws UnusableInputException when the folder cannot be read
     */
    public static List<Path> folders(Path folder) {
        return children(folder, child -> Files.isDirectory(child) && !leadsBack(child));
    }

    /**
     * {@return the path of a file inside a folder, as {@link FileNames} writes it; the whole path when it lies
     * elsewhere}
     *
     * @param folder absolute or relative to where the program runs
     * @param file likewise
     */
    public static String relative(Path folder, Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path root = folder.toAbsolutePath().normalize();
        return FileNames.text(absolute.startsWith(root) ? root.relativize(absolute) : absolute);
    }

    /**
     * {@return the folder that a path lies in, absolute; a root lies in itself}
     *
     * @param path absolute or relative to where the program runs
     */
    public static Path parent(Path path) {
        Path absolute = path.toAbsolutePath();
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    private static boolean leadsBack(Path child) {
        try {
            return parent(child).toRealPath().startsWith(child.toRealPath());
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

    /**
     * {@return the system's reason, without the path and without Java's wording}
     *
     * @param e thrown by Java's file system
     */
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
        // Where the system gives a reason, Java's message starts with the path.
        String reason =
                e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : e.getMessage();
        return reason == null ? "the system gives no reason" : reason;
    }

    private static final class Walk {
        private final List<Path> files = new ArrayList<>();
        private final List<Path> special = new ArrayList<>();
        private final List<Unreachable> unreachable = new ArrayList<>();
        /** The folders that contain the current one, without links. */
        private final Set<Path> around = new HashSet<>();

        FileTree tree() {
            // Sorting folder by folder would differ: "a-b" comes before "a/b".
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
