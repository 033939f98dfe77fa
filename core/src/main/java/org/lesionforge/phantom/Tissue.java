package org.lesionforge.phantom;

/**
 * The colour of one point of the skin: absorption by melanin and blood after Beer and Lambert, melanin so deep that
 * scattering turns it blue-grey, and scar-like white. Used again for every point.
 */
final class Tissue {
    private static final double[] CLEAR = {0.87, 0.79, 0.80};
    private static final double[] MELANIN = {0.40, 0.80, 1.16};
    private static final double[] BLOOD = {0.11, 0.74, 0.60};
    private static final double[] BLUE_GREY = {0.36, 0.36, 0.41};
    private static final double[] SCAR = {0.80, 0.71, 0.72};
    /** Light that the surface reflects before any pigment: why black lesions are not quite black. */
    private static final double[] SURFACE = {0.09, 0.06, 0.07};

    private static final int STEPS_PER_UNIT = 256;
    private static final double DENSEST = 8;
    private static final double[] TRANSMITTED = new double[(int) (DENSEST * STEPS_PER_UNIT) + 2];

    static {
        for (int i = 0; i < TRANSMITTED.length; i++) {
            TRANSMITTED[i] = StrictMath.exp(-(double) i / STEPS_PER_UNIT);
        }
    }

    /** Optical density, 0.1 in fair skin, 0.5 in a light brown, 1.2 in a dark brown, 3 in a black lesion. */
    double melanin;
    /** Optical density, 0.1 in pale skin, 1 in a red lesion. */
    double blood;
    /** Share of blue-grey, 0…1. */
    double veil;
    /** Share of white, 0…1. */
    double scar;

    void clear() {
        melanin = 0;
        blood = 0;
        veil = 0;
        scar = 0;
    }

    /** @param channel 0 red, 1 green, 2 blue; the result is about 0…1 */
    double reflected(int channel) {
        double density = Math.max(0, melanin) * MELANIN[channel] + Math.max(0, blood) * BLOOD[channel];
        double light = CLEAR[channel] * transmitted(density);
        light += veil * (BLUE_GREY[channel] - light);
        light += scar * (SCAR[channel] - light);
        return SURFACE[channel] + (1 - SURFACE[channel]) * light;
    }

    private static double transmitted(double density) {
        double position = Math.min(density, DENSEST) * STEPS_PER_UNIT;
        int step = (int) position;
        return TRANSMITTED[step] + (position - step) * (TRANSMITTED[step + 1] - TRANSMITTED[step]);
    }
}
