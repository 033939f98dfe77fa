package org.lesionforge.phantom;

import org.lesionforge.image.RgbImage;

/** A square image under construction: three planes of light; the visible range is 0…1. */
final class Canvas {
    private final int side;
    private final float[][] planes;

    Canvas(int side) {
        this.side = side;
        this.planes = new float[3][side * side];
    }

    int side() {
        return side;
    }

    float[] plane(int channel) {
        return planes[channel];
    }

    /** From half image widths around the middle to pixels. */
    double toPixels(double position) {
        return (position + 1) * side / 2 - 0.5;
    }

    /** From pixels to half image widths around the middle. */
    double fromPixels(double pixel) {
        return (pixel + 0.5) * 2 / side - 1;
    }

    /** Blends {@code colour} over the pixel. Points outside are ignored. */
    void blend(int x, int y, double opacity, double[] colour) {
        if (x < 0 || y < 0 || x >= side || y >= side || opacity <= 0) {
            return;
        }
        int i = y * side + x;
        for (int c = 0; c < 3; c++) {
            planes[c][i] += (float) (opacity * (colour[c] - planes[c][i]));
        }
    }

    /** Gaussian blur; beyond the edges the edge pixels are repeated. */
    void blur(double sigma) {
        int reach = (int) Math.ceil(2.5 * sigma);
        if (sigma <= 0 || reach == 0) {
            return;
        }
        float[] kernel = new float[reach + 1];
        double sum = 0;
        for (int i = 0; i <= reach; i++) {
            double weight = StrictMath.exp(-i * i / (2 * sigma * sigma));
            kernel[i] = (float) weight;
            sum += i == 0 ? weight : 2 * weight;
        }
        for (int i = 0; i <= reach; i++) {
            kernel[i] /= (float) sum;
        }
        float[] between = new float[side * side];
        for (float[] plane : planes) {
            convolve(plane, between, kernel, 1, side);
            convolve(between, plane, kernel, side, 1);
        }
    }

    private void convolve(float[] from, float[] to, float[] kernel, int step, int lineStep) {
        for (int line = 0; line < side; line++) {
            int start = line * lineStep;
            for (int i = 0; i < side; i++) {
                float value = kernel[0] * from[start + i * step];
                for (int k = 1; k < kernel.length; k++) {
                    int before = start + Math.max(0, i - k) * step;
                    int after = start + Math.min(side - 1, i + k) * step;
                    value += kernel[k] * (from[before] + from[after]);
                }
                to[start + i * step] = value;
            }
        }
    }

    /** The picture with every {@code factor × factor} pixels averaged to one. */
    RgbImage toImage(int factor) {
        int size = side / factor;
        byte[] pixels = new byte[3 * size * size];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                for (int c = 0; c < 3; c++) {
                    float sum = 0;
                    for (int j = 0; j < factor; j++) {
                        for (int i = 0; i < factor; i++) {
                            sum += planes[c][(y * factor + j) * side + x * factor + i];
                        }
                    }
                    float value = sum / (factor * factor) * 255 + 0.5f;
                    pixels[(y * size + x) * 3 + c] = (byte) Math.min(255, Math.max(0, (int) value));
                }
            }
        }
        return RgbImage.wrap(size, size, pixels);
    }
}
