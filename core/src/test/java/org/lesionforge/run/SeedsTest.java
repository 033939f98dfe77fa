package org.lesionforge.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SeedsTest {
    @Test
    void seedsAreNumbersAndRanges() {
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), Seeds.of("0..4"));
        assertEquals(List.of(0L, 1L, 7L), Seeds.of("0, 1,7"));
        assertEquals(List.of(5L, 6L, -1L), Seeds.of("5..6,-1"));
        for (String text : List.of("", "a", "1..", "4..0", "0,0", "0..2,1", "0..1000", "1.5")) {
            assertThrows(IllegalArgumentException.class, () -> Seeds.of(text), text);
        }
    }
}
