package org.lesionforge.data.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.Part;
import org.lesionforge.data.PixelStore;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.data.source.ImageContent;
import org.lesionforge.data.source.SourceImage;
import org.lesionforge.image.PixelHash;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

class DecodedImagesTest {
    private static final byte[] RED = {(byte) 255, 0, 0, (byte) 255, 0, 0, (byte) 255, 0, 0, (byte) 255, 0, 0};
    private static final byte[] BLUE = {0, 0, (byte) 255, 0, 0, (byte) 255, 0, 0, (byte) 255, 0, 0, (byte) 255};

    @TempDir
    Path folder;

    private Path broken;

    @BeforeEach
    void breakAFile() throws IOException {
        broken = Files.writeString(folder.resolve("broken.png"), "not a picture");
    }

    private static SourceImage image(String id, String label, Part part, byte[] pixels) {
        return new SourceImage(
                id, () -> RgbImage.wrap(2, 2, pixels), id, label, id, Optional.ofNullable(part), List.of());
    }

    private SourceImage unreadable(String id, String label) {
        return new SourceImage(id, new ImageContent.OfFile(broken), id, label, id, Optional.empty(), List.of());
    }

    private DecodedImages decode(GroupConflict spanning, SourceImage... images) throws IOException {
        PreparationOptions options = PreparationOptions.of(folder, folder.resolve("out"))
                .with()
                .sizes(List.of(2))
                .spanning(spanning)
                .threads(2)
                .build();
        return DecodedImages.decode(List.of(images), options, folder, Progress.SILENT);
    }

    @Test
    void storesHoldTheReadableImagesInTheirOrder() throws IOException {
        DecodedImages decoded = decode(
                GroupConflict.ERROR, image("r", "a", null, RED), unreadable("x", "a"), image("b", "b", null, BLUE));
        assertEquals(
                List.of("r", "b"),
                decoded.images().stream().map(image -> image.image().id()).toList());
        assertEquals(
                List.of("x"), decoded.skipped().stream().map(SkippedFile::path).toList());
        String hash = PixelHash.ofAll(List.of(PixelHash.of(2, 2, RED), PixelHash.of(2, 2, BLUE)).stream());
        assertEquals(Map.of("pixels-2.npy", hash), decoded.checksums());
        PixelStore store = PixelStore.open(folder.resolve("pixels-2.npy"), Optional.of(hash));
        byte[] second = new byte[12];
        store.read(1, second, 0);
        assertEquals(2, store.count());
        assertArrayEquals(BLUE, second);
    }

    @Test
    void thePixelsOfATestImageAreLeftOutOfTrain() throws IOException {
        DecodedImages decoded = decode(
                GroupConflict.LEAVE_OUT,
                image("1", "a", Part.TEST, RED),
                image("2", "a", Part.TRAIN, RED),
                image("3", "a", Part.TRAIN, BLUE));
        assertEquals(
                List.of("1", "3"),
                decoded.images().stream().map(image -> image.image().id()).toList());
        assertTrue(
                decoded.skipped().get(0).reason().startsWith("left out of train"),
                decoded.skipped().toString());
    }

    @Test
    void everyClassNeedsAnImage() {
        UnusableInputException one = assertThrows(
                UnusableInputException.class,
                () -> decode(GroupConflict.ERROR, image("r", "a", null, RED), unreadable("x", "b")));
        assertTrue(one.getMessage().startsWith("no image of class 'b' can be used; x: "), one.getMessage());
    }

    @Test
    void noneIsReadable() {
        UnusableInputException none =
                assertThrows(UnusableInputException.class, () -> decode(GroupConflict.ERROR, unreadable("x", "a")));
        assertTrue(none.getMessage().startsWith("none of the 1 files in " + folder), none.getMessage());
    }
}
