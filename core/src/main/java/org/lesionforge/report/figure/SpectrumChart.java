package org.lesionforge.report.figure;

import java.util.stream.IntStream;

/** Mean power against frequency, of real and of synthetic images. */
public final class SpectrumChart {
    private SpectrumChart() {}

    /**
     * {@return the drawing of two spectra, each with its own colour and dashes}
     *
     * @param id unique on the page; also the name of the drawing's file
     * @param real decibels at 1, 2, … cycles per image
     * @param fake likewise, as many
     */
    public static Svg of(String id, double[] real, double[] fake) {
        double[] frequencies =
                IntStream.rangeClosed(1, real.length).asDoubleStream().toArray();
        return new LineChart(
                        id, "Power by frequency", "cycles per image", "mean power (dB over one squared grey level)")
                .add(new Series("real images", frequencies, real, Tone.plain(0), Series.Style.LINE))
                .add(new Series("synthetic images", frequencies, fake, Tone.plain(1), Series.Style.LINE))
                .svg();
    }
}
