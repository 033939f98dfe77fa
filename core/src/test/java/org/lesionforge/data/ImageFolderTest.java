package org.lesionforge.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class ImageFolderTest {
    @TempDir
    Path folder;

    private Path picture(String name, String format, int colour) throws IOException {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(1, 1, colour);
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, format, file.toFile());
        return file;
    }

    private void text(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "text");
    }

    private static List<String> ids(List<ImageFolder.Entry> entries) {
        return entries.stream().map(ImageFolder.Entry::id).toList();
    }

    @Test
    void imagesAreKnownByTheirContentAndWhatClaimsToBeOneIsNotForgotten() throws IOException {
        picture("a/jpeg-called.png", "jpg", 1);
        picture("a/png-without-extension", "png", 2);
        picture("a/png.data", "png", 3);
        picture(".hidden.png", "png", 4);
        text("a/page.jpg");
        text("a/scan.dcm");
        text("a/manifest.csv");
        text("README");
        Files.createSymbolicLink(folder.resolve("a/gone.csv"), Path.of("nowhere"));
        ImageFolder found = ImageFolder.of(folder);
        assertEquals(
                List.of("a/jpeg-called.png", "a/page.jpg", "a/png-without-extension", "a/png.data", "a/scan.dcm"),
                ids(found.images()));
        assertEquals(List.of("README", "a/manifest.csv"), ids(found.others()));
        assertEquals(List.of(new SkippedFile("a/gone.csv", "a link to nowhere, which is not there")), found.skipped());
        assertEquals(List.of("2 other files passed over, the first is README"), found.notes());
        assertEquals(List.of("a/manifest.csv"), ids(found.in("a").others()));
        assertEquals(5, found.in("a").images().size());
        assertEquals(0, found.in("a/page").images().size());
    }

    @Test
    @Timeout(20)
    void pipesAreNotOpened() throws IOException, InterruptedException {
        picture("a.png", "png", 1);
        for (String name : List.of("pipe", "pipe.png")) {
            String path = folder.resolve(name).toString();
            assertEquals(0, new ProcessBuilder("mkfifo", path).start().waitFor());
        }
        ImageFolder found = ImageFolder.of(folder);
        assertEquals(List.of("a.png"), ids(found.images()));
        assertEquals(List.of("pipe"), ids(found.others()));
        assertEquals("pipe.png", found.skipped().get(0).path());
    }

    @Test
    void whatIsStoredTwiceInFoldersThatDifferInCaseIsTakenOnce() throws IOException {
        picture("Part/1.png", "png", 1);
        Assumptions.assumeFalse(Files.exists(folder.resolve("part")), "names differ in more than case here");
        picture("part/1.png", "png", 1);
        picture("Part/2.png", "png", 2);
        picture("part/2.png", "png", 3);
        picture("other/1.png", "png", 1);
        ImageFolder found = ImageFolder.of(folder).withoutTwins();
        assertEquals(List.of("Part/1.png", "Part/2.png", "other/1.png", "part/2.png"), ids(found.images()));
        assertEquals(List.of("part/1.png"), ids(found.twins()));
        assertEquals(1, found.notes().size());
    }
}
