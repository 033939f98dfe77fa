package org.lesionforge.report.figure;

/**
 * The shaded uncertainty of a line.
 *
 * @param x ascending
 * @param low lower end at each x
 * @param high upper end
 * @param tone that of its line
 */
public record Band(double[] x, double[] low, double[] high, Tone tone) {}
