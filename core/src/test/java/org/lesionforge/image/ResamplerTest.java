package org.lesionforge.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.lesionforge.SharedFolder;

public class ResamplerTest {
    private static GoldenTensors golden() throws IOException {
        return new GoldenTensors(SharedFolder.require().resolve("golden/resize_reference.safetensors"));
    }

    private static RgbImage source(GoldenTensors golden) {
        return RgbImage.wrap(224, 224, golden.bytes("source"));
    }

    @Test
    void eightBitResultsAreThoseOfPillow() throws IOException {
        GoldenTensors golden = golden();
        RgbImage source = source(golden);
        assertPixels(golden, "pil_u8_bicubic_299", Resampler.resize(source, 299, 299, Filter.BICUBIC));
        assertPixels(golden, "pil_u8_bicubic_64", Resampler.resize(source, 64, 64, Filter.BICUBIC));
        assertPixels(golden, "pil_u8_bilinear_64", Resampler.resize(source, 64, 64, Filter.BILINEAR));
        assertPixels(golden, "pil_u8_box_64", Resampler.resize(source, 64, 64, Filter.BOX));
    }

    private static void assertPixels(GoldenTensors golden, String name, RgbImage actual) {
        assertArrayEquals(golden.bytes(name), actual.pixels(), name);
    }

    @Test
    void boxAveragesWholePixels() {
        RgbImage image = gray(4, 2, 10, 20, 100, 101, 30, 40, 102, 103);
        RgbImage half = Resampler.resize(image, 2, 1, Filter.BOX);
        // Rows after columns: (15, 100.5 → 101) and (35, 102.5 → 103), so (25, 102).
        assertEquals(25, half.value(0, 0, 0));
        assertEquals(102, half.value(1, 0, 2));
    }

    @Test
    void aRegionIsResampledAlone() {
        RgbImage image = gray(4, 1, 0, 100, 200, 50);
        RgbImage middle = Resampler.resize(image, new Resampler.Region(1, 0, 3, 1), 1, 1, Filter.BOX);
        assertEquals(150, middle.value(0, 0, 1));
    }

    @Test
    void theSameSizeKeepsThePixels() {
        RgbImage image = gray(3, 1, 1, 128, 255);
        for (Filter filter : Filter.values()) {
            assertArrayEquals(
                    image.pixels(), Resampler.resize(image, 3, 1, filter).pixels());
        }
    }

    @Test
    void aPlainImageStaysPlainAtAnySize() {
        RgbImage plain = gray(7, 3, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77);
        for (Filter filter : Filter.values()) {
            for (int side : new int[] {1, 2, 5, 64}) {
                for (byte value : Resampler.resize(plain, side, side, filter).pixels()) {
                    assertEquals(77, value, filter + " " + side);
                }
            }
        }
    }

    @Test
    void anEmptyTargetIsRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Resampler.resize(gray(1, 1, 0), 0, 5, Filter.BOX));
        assertTrue(e.getMessage().contains("0×5"), e.getMessage());
    }

    public static RgbImage gray(int width, int height, int... values) {
        byte[] pixels = new byte[3 * values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) values[i / 3];
        }
        return RgbImage.wrap(width, height, pixels);
    }
}
