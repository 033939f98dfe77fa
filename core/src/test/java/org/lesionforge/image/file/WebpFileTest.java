package org.lesionforge.image.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.io.Sha256;

/** Of files that cwebp wrote: 4×3, lossless, of the colours (60 x, 80 y, 10 x + 20 y), in several dresses; and a lossy one. */
class WebpFileTest {
    static final String LOSSLESS =
            "UklGRj4AAABXRUJQVlA4TDIAAAAvA4AAAF8wUAKBZLDwByPStjkuvn+Zw/MfWgDYOY6zAwAQBJAoxJLDLCvNMmlE/wObHQ==";

    /** Opacity by column: 0, a third, two thirds, all. */
    static final String TRANSPARENT =
            "UklGRkQAAABXRUJQVlA4TDgAAAAvA4AAEF8wUAKBZLDwByPStjkuvn+ZwwKBZMkolwwtANhzu917AACCABKFWHKYZaVZJo3of2Cz"
                    + "Aw==";

    /** With the orientation 6 in its chunk EXIF. */
    static final String TURNED =
            "UklGRnIAAABXRUJQVlA4WAoAAAAIAAAAAwAAAgAAVlA4TDIAAAAvA4AAAF8wUAKBZLDwByPStjkuvn+Zw/MfWgDYOY6zAwAQBJAo"
                    + "xJLDLCvNMmlE/wObHUVYSUYaAAAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAA=";

    /** Two frames, the second the negative. */
    static final String ANIMATED =
            "UklGRtAAAABXRUJQVlA4WAoAAAACAAAAAwAAAgAAQU5JTQYAAAAAAAAAAABBTk1GSgAAAAAAAAAAAAMAAAIAADIAAAJWUDhMMQAA"
                    + "AC8DgAAAX0CQbTPEItzf4w7DIxBIhsgfbpL570EKsLsABAEkSimkMNwKK4wa0f+gLgcAQU5NRlIAAAAAAAAAAAADAAACAAAyAAAAVlA4TDkAAAAvA4AAAF9AkG2jWIPd"
                    + "3+MOAoEUB7bBAoFEIn+PdSaZ/x50AdYugIK2bdhoD4VSKLhSGIVF9D++lxkA";

    /** 32×24, quality 60. */
    static final String LOSSY =
            "UklGRpQAAABXRUJQVlA4IIgAAACQBQCdASogABgAPqlAm0mmI6KhN/qoAMAVCWwAnTLjf4eQcVU4bwIO4BCCaOUewKbLh2aRQAD+"
                    + "5xmj9e/jF/WqYIWH+gEDyfjNazl5U75Q8uK8EZPW51Banv1O2yiJT42CyGoBSIynXjQpW6hDzBaYlwdqnx/Pr9w4VCeCYFwc71lbRQLVC+AA";

    static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static void assertColours(RgbImage image) {
        assertEquals(4, image.width());
        assertEquals(3, image.height());
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 4; x++) {
                assertEquals(60 * x, image.value(x, y, 0));
                assertEquals(80 * y, image.value(x, y, 1));
                assertEquals(10 * x + 20 * y, image.value(x, y, 2));
            }
        }
    }

    @Test
    void losslessPixelsAreExact() throws Exception {
        assertColours(ImageDecoder.decode(bytes(LOSSLESS)));
    }

    @Test
    void ofAnAnimationTheFirstFrameIsRead() throws Exception {
        assertColours(ImageDecoder.decode(bytes(ANIMATED)));
    }

    @Test
    void transparencyIsLaidOverWhite() throws Exception {
        RgbImage image = ImageDecoder.decode(bytes(TRANSPARENT));
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 4; x++) {
                assertEquals(Math.round(60 * x * (x / 3.0) + 255 * (1 - x / 3.0)), image.value(x, y, 0));
            }
        }
    }

    @Test
    void orientationCounts() throws Exception {
        RgbImage image = ImageDecoder.decode(bytes(TURNED));
        assertEquals(3, image.width());
        assertColours(Orientation.apply(image, 8));
    }

    @Test
    void lossyPixelsAreThoseOfDwebp() throws Exception {
        RgbImage image = ImageDecoder.decode(bytes(LOSSY));
        assertEquals(32, image.width());
        // `dwebp -ppm`, without its header, through sha256sum; Pillow's pixels are the same.
        assertEquals("05c14d1068d8745bea198cfec6646cbacef9d166302e12d358ec1826914e747e", Sha256.of(image.pixels()));
        assertArrayEquals(
                new int[] {46, 66, 151}, new int[] {image.value(0, 0, 0), image.value(0, 0, 1), image.value(0, 0, 2)});
    }

    @Test
    void damageIsNamed() {
        byte[] cut = java.util.Arrays.copyOf(bytes(LOSSY), 100);
        UnreadableImageException e = assertThrows(UnreadableImageException.class, () -> ImageDecoder.decode(cut));
        assertEquals("truncated WebP: it claims 156 bytes, 100 are there", e.getMessage());
        byte[] large = bytes(TURNED);
        java.util.Arrays.fill(large, 24, 30, (byte) 0xFF);
        e = assertThrows(UnreadableImageException.class, () -> ImageDecoder.decode(large));
        assertTrue(e.getMessage().contains("too large: 16777216×16777216"), e.getMessage());
        byte[] broken = bytes(LOSSLESS);
        java.util.Arrays.fill(broken, 25, 60, (byte) 0xFF);
        e = assertThrows(UnreadableImageException.class, () -> ImageDecoder.decode(broken));
        assertEquals("damaged WebP: its pixels cannot be decoded", e.getMessage());
    }
}
