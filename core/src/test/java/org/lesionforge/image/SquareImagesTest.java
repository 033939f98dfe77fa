package org.lesionforge.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SquareImagesTest {
    /** Three images of one pixel. */
    private static final SquareImages IMAGES = SquareImages.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1);

    @Test
    void imagesLieOneAfterAnother() {
        assertEquals(3, IMAGES.size());
        assertEquals(1, IMAGES.height(2));
        assertArrayEquals(new byte[] {7, 8, 9}, IMAGES.image(2).pixels());
    }

    @Test
    void someAreSelectedInAnOrderOfTheirOwn() {
        int[] order = {2, 0, 2};
        SquareImages selected = IMAGES.selected(order);
        order[0] = 1;
        assertArrayEquals(new byte[] {7, 8, 9, 1, 2, 3, 7, 8, 9}, selected.pixels());
        assertArrayEquals(new byte[] {1, 2, 3, 7, 8, 9}, selected.selected(1, 0).pixels());
    }

    @Test
    void theFirstAreNoMoreThanThereAre() {
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6}, IMAGES.first(2).pixels());
        assertEquals(3, IMAGES.first(4).size());
    }

    @Test
    void refusesWhatAreNoWholeImages() {
        assertThrows(IllegalArgumentException.class, () -> SquareImages.of(new byte[7], 1));
        assertThrows(IllegalArgumentException.class, () -> SquareImages.of(new byte[12], 0));
    }
}
