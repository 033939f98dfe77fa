package org.lesionforge.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
    @Test
    void rollsAreThoseOfSplitMix64() {
        SplitMix64 random = new SplitMix64(1234567);

        // The first outputs of the authors' reference program.
        assertEquals(Long.parseUnsignedLong("6457827717110365317"), random.next());
        assertEquals(Long.parseUnsignedLong("3203168211198807973"), random.next());
        assertEquals(Long.parseUnsignedLong("9817491932198370423"), random.next());
        assertEquals(Long.parseUnsignedLong("4593380528125082431"), random.next());
        assertEquals(Long.parseUnsignedLong("16408922859458223821"), random.next());
    }

    @Test
    void gaussianAndDisturbanceAreStandard() {
        SplitMix64 random = new SplitMix64(3);
        for (DoubleStream rolls :
                new DoubleStream[] {DoubleStream.generate(random::gaussian), DoubleStream.generate(random::disturbance)
                }) {
            double[] values = rolls.limit(20_000).toArray();
            double mean = DoubleStream.of(values).average().getAsDouble();
            double square = DoubleStream.of(values).map(v -> v * v).average().getAsDouble();
            assertEquals(0, mean, 0.03);
            assertEquals(1, square, 0.04);
        }
    }

    @Test
    void rollsStayInTheirRange() {
        SplitMix64 random = new SplitMix64(5);
        boolean lowest = false;
        boolean highest = false;
        for (int i = 0; i < 5000; i++) {
            double between = random.between(-2, 3);
            int whole = random.whole(1, 4);
            assertTrue(between >= -2 && between < 3 && whole >= 1 && whole <= 4 && Math.abs(random.disturbance()) <= 3);
            lowest |= whole == 1;
            highest |= whole == 4;
        }
        assertTrue(lowest && highest);
    }

    @Test
    void purposesAndIndicesHaveSeedsOfTheirOwn() {
        assertEquals(SplitMix64.seed(1, "skin", 0), SplitMix64.seed(1, "skin", 0));
        assertNotEquals(SplitMix64.seed(1, "skin", 0), SplitMix64.seed(1, "pose", 0));
        assertNotEquals(SplitMix64.seed(1, "skin", 0), SplitMix64.seed(1, "skin", 1));
        assertNotEquals(SplitMix64.seed(1, "skin", 0), SplitMix64.seed(2, "skin", 0));
    }
}
