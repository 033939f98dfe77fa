package org.lesionforge.report.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The small parts that charts are made of. */
final class DrawingTest {
    @Test
    void ticksAreRound() {
        assertEquals(
                List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0),
                Axis.exactly(0, 100, 5).ticks());
        assertEquals(
                List.of(50.0, 100.0, 150.0, 200.0, 250.0, 300.0),
                Axis.exactly(10, 300, 6).ticks());
        Axis widened = Axis.around(0.13, 3.7, 5);
        assertEquals(0, widened.low());
        assertEquals(4, widened.high());
    }

    @Test
    void epochsAreWholeAndOneValueHasAnAxis() {
        assertEquals(List.of(1.0, 2.0, 3.0), Axis.ofWholeNumbers(1, 3, 6).ticks());
        assertEquals(List.of(4.0, 5.0, 6.0), Axis.ofWholeNumbers(5, 5, 6).ticks());
        Axis flat = Axis.around(0.7, 0.7, 5);
        assertEquals(150, flat.position(0.7, 100, 200), 20);
    }

    @Test
    void labelsHaveTheDecimalsOfTheStep() {
        assertEquals("0.002", Axis.exactly(0, 0.008, 4).label(0.002));
        assertEquals("1,500", Axis.exactly(0, 2000, 4).label(1500));
        assertEquals("0.0", new Axis(-1, 1, 0.5).label(-0.0));
    }

    @Test
    void valuesOffTheAxisLieOnItsEnd() {
        assertEquals(200, new Axis(0, 1, 0.2).position(7, 100, 200));
        assertEquals(100, new Axis(0, 1, 0.2).position(-7, 100, 200));
    }

    @Test
    void movingAverageSkipsWhatIsNoNumber() {
        double[] y = new double[150];
        for (int i = 0; i < y.length; i++) {
            y[i] = i;
        }
        y[10] = Double.NaN;
        // The window is 150 / 50 = 3: at 9 the mean of 8 and 9, at 50 that of 49, 50 and 51, at the start that of 0 and
        // 1.
        double[] average = new Series("s", y, y, Tone.plain(0), Series.Style.SMOOTHED)
                .average()
                .y();
        assertEquals(8.5, average[9], 1e-12);
        assertEquals(50, average[50], 1e-12);
        assertEquals(0.5, average[0], 1e-12);
    }

    @Test
    void thinningKeepsExtremesInOrder() {
        double[] x = {0, 1, 2, 3, 4, 5, 6, 7};
        double[] y = {5, 9, 1, 5, Double.NaN, 2, 8, 3};
        Series thin = new Series("s", x, y, Tone.plain(0), Series.Style.LINE).thinned(2);
        assertArrayEquals(new double[] {1, 2, 5, 6}, thin.x());
        assertArrayEquals(new double[] {9, 1, 2, 8}, thin.y());
    }

    @Test
    void numbersReadWell() {
        assertEquals("−0.30", NumberText.signed(-0.3, 2));
        assertEquals("+0.00", NumberText.signed(-0.0, 2));
        assertEquals("+0.0000", NumberText.signed(-0.00004, 4));
        assertEquals("−0.0001", NumberText.signed(-0.00006, 4));
        assertEquals("0.000 (−0.001 to 0.000)", NumberText.withInterval(-0.0004, -0.0006, -0.0));
        assertEquals("0.231 (−0.002 to 0.480)", NumberText.withInterval(0.2309, -0.0021, 0.48));
        assertEquals("0.500", NumberText.withInterval(0.5, Double.NaN, Double.NaN));
        assertEquals("–", NumberText.fixed(Double.NaN, 2));
        assertEquals("0.001410", NumberText.plain(0.00141));
        assertEquals("16,194", NumberText.plain(16194));
        assertEquals("< 0.001", NumberText.probability(0.0004));
        assertEquals("59 s", NumberText.duration(59.4));
        assertEquals("1 min 30 s", NumberText.duration(90));
    }

    @Test
    void markupEscapesAndCloses() {
        Markup markup = new Markup().open("p", "title", "a\"<b>").text("1 < 2 & \u0000");
        assertThrows(IllegalStateException.class, markup::toString);
        assertEquals(
                "<p title=\"a&quot;&lt;b&gt;\">1 &lt; 2 &amp; \uFFFD</p>",
                markup.close().toString());
    }
}
