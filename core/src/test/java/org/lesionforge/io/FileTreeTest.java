package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    Path folder;

    private Path write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    private Path link(String name, Path target) throws IOException {
        try {
            return Files.createSymbolicLink(folder.resolve(name), target);
        } catch (UnsupportedOperationException e) {
            return Assumptions.abort("no symbolic links here: " + e.getMessage());
        }
    }

    private List<String> names(List<Path> paths) {
        return paths.stream().map(path -> FileTree.relative(folder, path)).toList();
    }

    private List<String> files(Path root) {
        return names(FileTree.of(root).files());
    }

    private List<String> unreachable() {
        return FileTree.of(folder).unreachable().stream()
                .map(each -> FileTree.relative(folder, each.path()) + ": " + each.reason())
                .toList();
    }

    @Test
    void filesAreSortedAndWhatIsHiddenOrMadeBySystemsIsPassedOver() throws IOException {
        write("b/2.png");
        write("a.png");
        write("b-2/1.png");
        write("b/.2.png");
        write("b/.cache/3.png");
        write("__MACOSX/b/2.png");
        write("b/@eaDir/2.png/thumbnail.jpg");
        // '-' comes before '/': the order is that of whole paths, not of folders.
        assertEquals(List.of("a.png", "b-2/1.png", "b/2.png"), files(folder));
        assertEquals(List.of("b", "b-2"), names(FileTree.folders(folder)));
    }

    @Test
    void aFolderMayItselfBeHidden() throws IOException {
        write(".data/1.png");
        assertEquals(List.of(".data/1.png"), files(folder.resolve(".data")));
    }

    @Test
    void linksAreFollowedButNotBack() throws IOException {
        write("real/1.png");
        write("other/2.png");
        link("linked", folder.resolve("real"));
        assertEquals(List.of("linked/1.png", "other/2.png", "real/1.png"), files(folder));
        link("real/itself", folder.resolve("real"));
        link("real/up", folder);
        link("real/around", folder.getParent());
        link("here", folder);
        assertEquals(List.of("linked/1.png", "other/2.png", "real/1.png"), files(folder));
        assertEquals(List.of("linked", "other", "real"), names(FileTree.folders(folder)));
        // From inside, what lies around is not entered either, or the images of one class would become another's.
        assertEquals(List.of("real/1.png"), files(folder.resolve("real")));
        assertEquals(List.of(), unreachable());
    }

    @Test
    @Timeout(20)
    void foldersThatLinkToEachOtherEnd() throws IOException {
        write("a/1.png");
        write("b/2.png");
        link("a/to-b", folder.resolve("b"));
        link("b/to-a", folder.resolve("a"));
        assertEquals(List.of("a/1.png", "a/to-b/2.png", "b/2.png", "b/to-a/1.png"), files(folder));
    }

    @Test
    void linksToNothingAreNamedOnceEach() throws IOException {
        write("a.png");
        link("gone.png", Path.of("nowhere.png"));
        link("circle", Path.of("circle"));
        assertEquals(List.of("a.png"), files(folder));
        assertEquals(2, unreachable().size(), unreachable().toString());
        assertTrue(
                unreachable().get(0).startsWith("circle: a link to circle, "),
                unreachable().toString());
        assertEquals(
                "gone.png: a link to nowhere.png, which is not there",
                unreachable().get(1));
    }

    @Test
    void aFolderThatMayNotBeReadIsNamed() throws IOException {
        write("open/1.png");
        Path shut = write("shut/1.png").getParent();
        Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("---------"));
        try {
            Assumptions.assumeFalse(Files.isReadable(shut), "this user may read everything");
            assertEquals(List.of("open/1.png"), files(folder));
            assertEquals(List.of("shut: cannot be opened: permission denied"), unreachable());
            String message = assertThrows(UnusableInputException.class, () -> FileTree.of(shut))
                    .getMessage();
            assertEquals("cannot read the folder " + shut + ": permission denied", message);
        } finally {
            Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    @Timeout(20)
    void aPipeIsNotWaitedFor() throws IOException, InterruptedException {
        write("a.png");
        Path pipe = folder.resolve("pipe.png");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        assertEquals(List.of("a.png"), files(folder));
        assertEquals(List.of("pipe.png"), names(FileTree.of(folder).special()));
    }

    @Test
    void aMissingFolderIsUnusableInput() {
        assertThrows(UnusableInputException.class, () -> FileTree.of(folder.resolve("none")));
        assertThrows(UnusableInputException.class, () -> FileTree.children(folder.resolve("none"), child -> true));
    }

    @Test
    void filesAreWrittenIntoAFolderBehindALink() throws IOException {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        Path linked = link("data", disk);
        OutputFolder.create(linked);
        AtomicFile.writeString(linked.resolve("a.txt"), "a");
        assertEquals("a", Files.readString(disk.resolve("a.txt")));
    }

    /** The system's own answers, of which Java tells some by the name of a class alone. */
    @Test
    void reasonsAreWords() throws IOException {
        write("inner/file");
        assertEquals("there is nothing of this name", reason(() -> Files.size(folder.resolve("none"))));
        assertEquals("it is there already", reason(() -> Files.createFile(folder.resolve("inner/file"))));
        assertEquals("the folder is not empty", reason(() -> Files.delete(folder.resolve("inner"))));
    }

    @Test
    void reasonIsThereThoughJavaGivesNone() {
        assertEquals("the system gives no reason", FileTree.reason(new ClosedChannelException()));
    }

    @Test
    void everyPathLiesInSomeFolder() {
        assertEquals(folder.toAbsolutePath(), FileTree.parent(folder.resolve("a.png")));
        assertEquals(Path.of("").toAbsolutePath(), FileTree.parent(Path.of("a.png")));
        Path root = folder.toAbsolutePath().getRoot();
        assertEquals(root, FileTree.parent(root));
    }

    private static String reason(Executable failing) {
        return FileTree.reason(assertThrows(IOException.class, failing));
    }
}
