package org.lesionforge.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.io.UnusableInputException;

final class ImageFilesTest {
    private static final List<String> CLASSES = List.of("benign", "n\u00E4vus");

    @TempDir
    Path folder;

    private void write(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    private static List<String> ids(ImageFiles files) {
        return files.entries().stream().map(ImageFiles.Entry::id).toList();
    }

    @Test
    void foldersFindTheirClassInAnyUnicodeForm() throws IOException {
        write("benign/1.png", "benign/.2.png", "benign/notes.txt", "na\u0308vus/sub/3.jpg", "4.png", "README");
        Files.createSymbolicLink(folder.resolve("benign/gone"), Path.of("nowhere"));
        Files.createSymbolicLink(folder.resolve("benign/all"), folder);
        ImageFiles files = ImageFiles.byClass(folder, CLASSES);
        assertEquals(List.of("benign/1.png", "na\u0308vus/sub/3.jpg"), ids(files));
        assertEquals(
                List.of(0, 1),
                files.entries().stream().map(ImageFiles.Entry::truth).toList());
        assertEquals(
                List.of(
                        new SkippedFile("benign/gone", "a link to nowhere, which is not there"),
                        new SkippedFile("4.png", "lies in no class folder")),
                files.skipped());
        assertEquals(2, files.otherFiles());
    }

    @Test
    void withoutClassesEveryImageCounts() throws IOException {
        write("1.png", "sub/2.jpg", ".hidden/3.png", "table.csv");
        ImageFiles files = ImageFiles.unlabelled(folder, CLASSES);
        assertEquals(List.of("1.png", "sub/2.jpg"), ids(files));
        assertEquals(1, files.otherFiles());
        assertEquals(List.of("table.csv"), ids(ImageFiles.unlabelled(folder.resolve("table.csv"), CLASSES)));
    }

    @Test
    void aFolderWithoutImagesSaysWhatIsThere() throws IOException {
        write("table.csv");
        String message = assertThrows(UnusableInputException.class, () -> ImageFiles.unlabelled(folder, CLASSES))
                .getMessage();
        assertTrue(message.endsWith("has no image, but 1 other file, the first is table.csv"), message);
        write("unknown/1.png");
        assertThrows(UnusableInputException.class, () -> ImageFiles.byClass(folder, CLASSES));
    }
}
