package org.lesionforge.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ExtentTest {
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] NONE = {0, 0};

    /**
     * By hand: 11 places under a window of 3, every second: 5 of field 3 and step 2, 4·2·9 weights at 5·5 places. A window of 3 over these
     * with a border of 1: 5 of field 3 + 2·2 = 7.
     */
    @Test
    void aConvolutionAndAPool() {
        Extent convolved = Extent.image(2, 11).convolved(new long[] {4, 2, 3, 3}, TWO, NONE);
        assertEquals(new Extent.Axis(5, 3, 2), convolved.height());
        assertEquals(4 * 2 * 9 * 25, convolved.multiplyAdds());
        Extent pooled = convolved.pooled(3, 3, ONE, ONE);
        assertEquals(new Extent.Axis(5, 7, 2), pooled.width());
        assertEquals(convolved.multiplyAdds(), pooled.multiplyAdds());
        assertEquals(4, pooled.channels());
    }

    /** A row of 7 and a column of 3 see 7 to the side and 3 up and down. */
    @Test
    void theTwoDirectionsAreApart() {
        Extent row = Extent.image(1, 9).convolved(new long[] {1, 1, 1, 7}, ONE, new long[] {0, 3});
        assertEquals(1, row.height().field());
        assertEquals(7, row.width().field());
        assertEquals(9, row.side());
        assertThrows(IllegalStateException.class, row::field);
        Extent both = row.convolved(new long[] {1, 1, 3, 1}, ONE, new long[] {1, 0});
        assertEquals(3, both.height().field());
        assertEquals(7 * 81 + 3 * 81, both.multiplyAdds());
    }

    /** Costs add up, what came before counts once, and the widest branch decides what is seen. */
    @Test
    void branches() {
        Extent in = Extent.image(3, 8).convolved(new long[] {2, 3, 1, 1}, ONE, NONE);
        Extent small = in.convolved(new long[] {5, 2, 1, 1}, ONE, NONE);
        Extent wide = in.convolved(new long[] {7, 2, 3, 3}, ONE, ONE);
        Extent all = in.concatenated(List.of(small, wide));
        assertEquals(12, all.channels());
        assertEquals(3, all.field());
        assertEquals(64 * (6 + 10 + 126), all.multiplyAdds());
        Extent halved = in.pooled(3, 3, TWO, ONE);
        assertThrows(IllegalArgumentException.class, () -> in.concatenated(List.of(small, halved)));
    }

    /**
     * By hand: windows of 3, every second, over 6 places begin at 0, 2 and, reaching over the end, at 4; over 5 the last ends with them; over 2 there is one.
     * A window of 2 over a single place reaches over, one of 3 would have to begin before it.
     */
    @Test
    void poolsThatReachOver() {
        Extent six = Extent.image(3, 6).pooledOver(3, 2);
        assertEquals(new Extent.Axis(3, 3, 2), six.height());
        assertEquals(0, six.multiplyAdds());
        assertEquals(2, Extent.image(3, 5).pooledOver(3, 2).side());
        assertEquals(1, Extent.image(3, 2).pooledOver(3, 2).side());
        assertEquals(1, Extent.image(3, 1).pooledOver(2, 2).side());
        assertThrows(IllegalArgumentException.class, () -> Extent.image(3, 1).pooledOver(3, 2));
    }

    /** 4 places and one of zeros; then a layer sees all that the 5 of step 1 and field 1 see. */
    @Test
    void zerosAfterAndLayersThatSeeEverything() {
        Extent padded = Extent.image(3, 4).padded(1);
        assertEquals(new Extent.Axis(5, 1, 1), padded.width());
        Extent numbers = padded.connected(10, 750);
        assertEquals(10, numbers.channels());
        assertEquals(new Extent.Axis(1, 5, 5), numbers.height());
        assertEquals(750, numbers.multiplyAdds());
        assertEquals(757, numbers.costing(7).multiplyAdds());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Extent image = Extent.image(3, 4);
        assertThrows(IllegalArgumentException.class, () -> image.convolved(new long[] {1, 4, 3, 3}, ONE, NONE));
        assertThrows(IllegalArgumentException.class, () -> image.pooled(5, 5, ONE, NONE));
    }

    /** 12 channels of 8×8 in 3 groups of 4 to 6 channels: 6 · 4 · 9 weights at 8 · 8 places. Depthwise, one channel each. */
    @Test
    void groupsReadTheirOwnChannels() {
        Extent in = Extent.image(12, 8);
        Extent out = in.convolved(new long[] {6, 4, 3, 3}, ONE, ONE, 3);
        assertEquals(6, out.channels());
        assertEquals(13_824, out.multiplyAdds());
        assertEquals(
                12 * 9 * 64,
                in.convolved(new long[] {12, 1, 3, 3}, ONE, ONE, 12).multiplyAdds());
        assertThrows(IllegalArgumentException.class, () -> in.convolved(new long[] {6, 4, 3, 3}, ONE, ONE, 2));
    }

    /** A 3×3 convolution of 2 · 2 · 9 weights at 25 places and the input itself: the field of the one, the cost of both. */
    @Test
    void sumsKeepTheirChannels() {
        Extent in = Extent.image(2, 5);
        Extent sum = in.added(List.of(in.convolved(new long[] {2, 2, 3, 3}, ONE, ONE), in));
        assertEquals(2, sum.channels());
        assertEquals(3, sum.field());
        assertEquals(900, sum.multiplyAdds());
        assertThrows(
                IllegalArgumentException.class,
                () -> in.added(List.of(in, in.convolved(new long[] {4, 2, 1, 1}, ONE, NONE))));
    }
}
