package org.lesionforge.audit;

import org.lesionforge.data.DatasetImage;
import org.lesionforge.image.RgbImage;

/** A property of the image that is not one of the lesion, in at most three numbers per image. */
enum ImageProperty {
    SOURCE_SIZE("size of the source image") {
        @Override
        double[] of(DatasetImage row, RgbImage image) {
            return new double[] {Math.log(row.width()), Math.log(row.height())};
        }
    },
    BORDER_COLOUR("border colour") {
        /** Mean red, green and blue of the outermost sixteenth on each side. */
        @Override
        double[] of(DatasetImage row, RgbImage image) {
            int frame = Math.max(1, image.width() / 16);
            double[] sums = new double[3];
            int count = 0;
            for (int y = 0; y < image.height(); y++) {
                boolean edgeRow = y < frame || y >= image.height() - frame;
                for (int x = 0; x < image.width(); x++) {
                    if (edgeRow || x < frame || x >= image.width() - frame) {
                        for (int c = 0; c < 3; c++) {
                            sums[c] += image.value(x, y, c);
                        }
                        count++;
                    }
                }
            }
            return new double[] {sums[0] / count, sums[1] / count, sums[2] / count};
        }
    },
    DARK_CORNERS("dark corners") {
        /** Share of dark pixels in the corners, outside the circle 1.2 times as wide as the image; their brightness over that of the rest. */
        @Override
        double[] of(DatasetImage row, RgbImage image) {
            double centre = (image.width() - 1) / 2.0;
            double limit = Math.pow(0.6 * image.width(), 2);
            double[] sums = new double[2];
            int[] counts = new int[2];
            int dark = 0;
            for (int y = 0; y < image.height(); y++) {
                for (int x = 0; x < image.width(); x++) {
                    boolean corner = (x - centre) * (x - centre) + (y - centre) * (y - centre) > limit;
                    double luma = luma(image, x, y);
                    sums[corner ? 1 : 0] += luma;
                    counts[corner ? 1 : 0]++;
                    dark += corner && luma < DARK ? 1 : 0;
                }
            }
            double inside = Math.max(1, sums[0] / Math.max(1, counts[0]));
            int corners = Math.max(1, counts[1]);
            return new double[] {(double) dark / corners, sums[1] / corners / inside};
        }
    },
    SHARPNESS("sharpness") {
        /** Logarithm of the variance of the Laplacian (Pech-Pacheco 2000). */
        @Override
        double[] of(DatasetImage row, RgbImage image) {
            double sum = 0;
            double squares = 0;
            double count = 0;
            for (int y = 1; y < image.height() - 1; y++) {
                for (int x = 1; x < image.width() - 1; x++) {
                    double laplacian = luma(image, x - 1, y)
                            + luma(image, x + 1, y)
                            + luma(image, x, y - 1)
                            + luma(image, x, y + 1)
                            - 4 * luma(image, x, y);
                    sum += laplacian;
                    squares += laplacian * laplacian;
                    count++;
                }
            }
            double variance = count > 0 ? squares / count - sum / count * (sum / count) : 0;
            return new double[] {Math.log(variance + 1)};
        }
    },
    EXPOSURE("brightness and contrast") {
        /** Mean and standard deviation of luma. */
        @Override
        double[] of(DatasetImage row, RgbImage image) {
            double sum = 0;
            double squares = 0;
            for (int y = 0; y < image.height(); y++) {
                for (int x = 0; x < image.width(); x++) {
                    double luma = luma(image, x, y);
                    sum += luma;
                    squares += luma * luma;
                }
            }
            double n = (double) image.width() * image.height();
            return new double[] {sum / n, Math.sqrt(Math.max(0, squares / n - sum / n * (sum / n)))};
        }
    };

    private static final double DARK = 60;

    private final String title;

    ImageProperty(String title) {
        this.title = title;
    }

    /** Its name for people. */
    String title() {
        return title;
    }

    /** @param image square */
    abstract double[] of(DatasetImage row, RgbImage image);

    private static double luma(RgbImage image, int x, int y) {
        return 0.299 * image.value(x, y, 0) + 0.587 * image.value(x, y, 1) + 0.114 * image.value(x, y, 2);
    }
}
