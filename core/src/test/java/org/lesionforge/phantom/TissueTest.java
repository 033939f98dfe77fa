package org.lesionforge.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TissueTest {
    @Test
    void lightFollowsBeerAndLambert() {
        for (double density = 0; density < 4; density += 0.0137) {
            Tissue tissue = new Tissue();
            tissue.melanin = density;
            // Red: 9 % from the surface, the rest 0.87 · e^(−0.40 · density).
            assertEquals(0.09 + 0.91 * 0.87 * Math.exp(-0.40 * density), tissue.reflected(0), 1e-5);
        }
    }

    @Test
    void pigmentsHaveTheirHues() {
        Tissue brown = new Tissue();
        brown.melanin = 1;
        assertTrue(brown.reflected(0) > brown.reflected(1) && brown.reflected(1) > brown.reflected(2), "brown");

        Tissue red = new Tissue();
        red.blood = 1;
        assertTrue(red.reflected(0) > 1.5 * red.reflected(1) && red.reflected(2) > red.reflected(1), "red");

        Tissue veiled = new Tissue();
        veiled.melanin = 1;
        veiled.veil = 1;
        assertTrue(veiled.reflected(2) > veiled.reflected(0), "blue-grey");

        Tissue black = new Tissue();
        black.melanin = 100;
        assertEquals(0.09, black.reflected(0), 0.05);
    }

    @Test
    void lessThanNoPigmentIsNoPigment() {
        Tissue none = new Tissue();
        Tissue less = new Tissue();
        less.melanin = -0.2;
        less.blood = -0.1;
        assertEquals(none.reflected(1), less.reflected(1));
    }
}
