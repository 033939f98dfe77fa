package org.lesionforge.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
    @Test
    void imagesAreLaidOutRowByRow() {
        RgbImage sheet = ContactSheet.of(List.of(plain(2, 2, 10), plain(2, 2, 20), plain(2, 2, 30)), 2, 1);

        assertEquals(1 + 2 * (2 + 1), sheet.width());
        assertEquals(1 + 2 * (2 + 1), sheet.height());
        int[][] red = {
            {255, 255, 255, 255, 255, 255, 255},
            {255, 10, 10, 255, 20, 20, 255},
            {255, 10, 10, 255, 20, 20, 255},
            {255, 255, 255, 255, 255, 255, 255},
            {255, 30, 30, 255, 255, 255, 255},
            {255, 30, 30, 255, 255, 255, 255},
            {255, 255, 255, 255, 255, 255, 255},
        };
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 7; x++) {
                assertEquals(red[y][x], sheet.value(x, y, 0), "pixel " + x + ", " + y);
            }
        }
    }

    @Test
    void theTwoOfAPairStandTogether() {
        RgbImage sheet = ContactSheet.ofPairs(
                List.of(plain(2, 2, 10), plain(2, 2, 30)), List.of(plain(2, 2, 20), plain(2, 2, 40)), 1);
        // Edges and the space between pairs are 8, what is around the images of a pair 1.
        assertEquals(8 + 7 + 8, sheet.width());
        assertEquals(8 + 4 + 8 + 4 + 8, sheet.height());
        int[][] middles = {{9, 9, 10}, {12, 9, 20}, {9, 21, 30}, {12, 21, 40}};
        for (int[] middle : middles) {
            assertEquals(middle[2], sheet.value(middle[0], middle[1], 0), middle[0] + ", " + middle[1]);
            assertEquals(middle[2], sheet.value(middle[0] + 1, middle[1] + 1, 0), middle[0] + ", " + middle[1]);
        }
        assertThrows(IllegalArgumentException.class, () -> ContactSheet.ofPairs(List.of(plain(1, 1, 0)), List.of(), 1));
    }

    @Test
    void smallerImagesAreCentredAndScaledToWholePixels() {
        RgbImage sheet = ContactSheet.of(List.of(plain(3, 3, 10), plain(1, 1, 20)), 5, 0, 0x102030, 2);

        assertEquals(12, sheet.width());
        assertEquals(6, sheet.height());
        assertEquals(10, sheet.value(5, 5, 0));
        for (int y = 0; y < 6; y++) {
            for (int x = 6; x < 12; x++) {
                boolean inside = x >= 8 && x < 10 && y >= 2 && y < 4;
                assertEquals(inside ? 20 : 0x10, sheet.value(x, y, 0), "pixel " + x + ", " + y);
                assertEquals(inside ? 21 : 0x20, sheet.value(x, y, 1));
                assertEquals(inside ? 22 : 0x30, sheet.value(x, y, 2));
            }
        }
    }

    @Test
    void senselessSheetsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ContactSheet.of(List.of(), 2, 1));
        assertThrows(IllegalArgumentException.class, () -> ContactSheet.of(List.of(plain(1, 1, 0)), 0, 1));
        assertThrows(IllegalArgumentException.class, () -> ContactSheet.of(List.of(plain(1, 1, 0)), 1, -1));
        assertThrows(IllegalArgumentException.class, () -> ContactSheet.of(List.of(plain(1, 1, 0)), 1, 1, 0, 0));
    }

    private static RgbImage plain(int width, int height, int red) {
        byte[] pixels = new byte[3 * width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (red + i % 3);
        }
        return RgbImage.wrap(width, height, pixels);
    }
}
