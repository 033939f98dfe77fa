package org.lesionforge.phantom;

/**
 * How a lesion was photographed. Drawn independently of the class, so no artefact can reveal it. Lengths are in half
 * image widths.
 *
 * @param rotation of the skin, radians
 * @param shiftX where the lesion's middle is, 0 in the middle of the image
 * @param zoom 1 is the nominal scale
 * @param gain of red, green and blue: exposure and white balance
 * @param falloff how much darker the corners are than the brightest point, 0…1
 * @param lightX the brightest point
 * @param ringRadius of the dermatoscope's dark rim; 0 when it is not in the picture
 * @param blur standard deviation
 * @param noise standard deviation of the sensor's noise at 128 pixels, in parts of full white
 */
record Photograph(
        long seed,
        double rotation,
        double shiftX,
        double shiftY,
        double zoom,
        double[] gain,
        double falloff,
        double lightX,
        double lightY,
        double ringRadius,
        double ringSoftness,
        double blur,
        double noise,
        int hairs,
        int bubbles,
        boolean ruler) {

    static Photograph of(long seed) {
        SplitMix64 pose = SplitMix64.of(seed, "pose");
        SplitMix64 light = SplitMix64.of(seed, "light");
        SplitMix64 things = SplitMix64.of(seed, "artefacts");
        return new Photograph(
                seed,
                pose.between(-0.6, 0.6),
                0.07 * pose.gaussian(),
                0.07 * pose.gaussian(),
                StrictMath.exp(0.08 * pose.gaussian()),
                gain(light),
                light.between(0.02, 0.30),
                light.between(-0.4, 0.4),
                light.between(-0.4, 0.4),
                things.chance(0.18) ? things.between(1.02, 1.34) : 0,
                things.between(0.01, 0.08),
                light.between(0.003, 0.011),
                light.between(0.002, 0.008),
                hairs(things),
                things.chance(0.2) ? things.whole(1, 7) : 0,
                things.chance(0.16));
    }

    private static double[] gain(SplitMix64 light) {
        double exposure = StrictMath.exp(0.09 * light.gaussian());
        double warmth = 0.045 * light.gaussian();
        double tint = 0.03 * light.gaussian();
        return new double[] {
            exposure * StrictMath.exp(warmth + 0.5 * tint),
            exposure * StrictMath.exp(-tint),
            exposure * StrictMath.exp(-warmth + 0.5 * tint)
        };
    }

    private static int hairs(SplitMix64 things) {
        double lot = things.uniform();
        int few = things.whole(1, 5);
        int many = things.whole(8, 26);
        if (lot < 0.58) {
            return 0;
        }
        return lot < 0.88 ? few : many;
    }
}
