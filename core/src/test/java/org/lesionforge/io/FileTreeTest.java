package org.lesionforge.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
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

    @Test
    void filesAreSortedAndHiddenOnesAndHiddenFoldersPassedOver() throws IOException {
        write("b/2.png");
        write("a.png");
        write("b/.2.png");
        write("b/.cache/3.png");
        assertEquals(List.of("a.png", "b/2.png"), names(FileTree.files(folder)));
        assertEquals(List.of("b"), names(FileTree.children(folder, Files::isDirectory)));
    }

    @Test
    void aFolderMayItselfBeHidden() throws IOException {
        write(".data/1.png");
        assertEquals(List.of(".data/1.png"), names(FileTree.files(folder.resolve(".data"))));
    }

    @Test
    void linksAreFollowedAndOnesThatLeadBackAreNamed() throws IOException {
        write("real/1.png");
        link("linked", folder.resolve("real"));
        assertEquals(List.of("linked/1.png", "real/1.png"), names(FileTree.files(folder)));
        link("real/back", folder);
        UnusableInputException e = assertThrows(UnusableInputException.class, () -> FileTree.files(folder));
        assertTrue(e.getMessage().contains("(FileSystemLoop)"), e.getMessage());
    }

    @Test
    void aMissingFolderIsUnusableInput() {
        assertThrows(UnusableInputException.class, () -> FileTree.files(folder.resolve("none")));
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
}
