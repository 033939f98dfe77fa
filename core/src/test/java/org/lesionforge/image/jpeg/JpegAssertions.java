package org.lesionforge.image.jpeg;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.ImageDecoder;

/** What the program makes of a file: an image, or a refusal that says why. */
final class JpegAssertions {
    private JpegAssertions() {}

    static void assertRefused(String expected, byte[] file) {
        UnreadableImageException e =
                assertThrows(UnreadableImageException.class, () -> ImageDecoder.decode(file), expected);
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    static JpegWalk assertWhole(byte[] file) throws UnreadableImageException {
        JpegWalk walk = JpegWalk.of(file);
        assertTrue(walk.complete());
        assertDoesNotThrow(() -> ImageDecoder.decode(file));
        return walk;
    }
}
