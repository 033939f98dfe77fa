package org.lesionforge.phantom;

/** Hairs across the picture: bent, tapered, mostly dark. */
final class Hairs {
    private static final double[] DARK = {0.17, 0.11, 0.09};
    private static final double[] BROWN = {0.36, 0.24, 0.17};
    private static final double[] FAIR = {0.80, 0.74, 0.66};

    private Hairs() {}

    static void paint(Canvas canvas, SplitMix64 random, int count) {
        if (count == 0) {
            return;
        }
        double kind = random.uniform();
        double[] colour = kind < 0.6 ? DARK : kind < 0.88 ? BROWN : FAIR;
        double opacity = kind < 0.88 ? random.between(0.7, 0.95) : random.between(0.35, 0.6);
        double mainDirection = random.between(0, 2 * StrictMath.PI);
        double disorder = random.between(0.2, 0.9);
        double thickness = random.between(0.005, 0.011);
        float[] cover = new float[canvas.side() * canvas.side()];
        for (int i = 0; i < count; i++) {
            trace(
                    canvas,
                    random,
                    mainDirection + disorder * random.gaussian(),
                    thickness * random.between(0.6, 1.2),
                    cover);
        }
        for (int i = 0; i < cover.length; i++) {
            canvas.blend(i % canvas.side(), i / canvas.side(), opacity * cover[i], colour);
        }
    }

    private static void trace(Canvas canvas, SplitMix64 random, double direction, double thickness, float[] cover) {
        double length = random.between(0.5, 2.2);
        double bend = 0.9 * random.gaussian() / length;
        double curl = 0.8 * random.gaussian() / length;
        double x = random.between(-0.95, 0.95) - 0.5 * length * StrictMath.cos(direction);
        double y = random.between(-0.95, 0.95) - 0.5 * length * StrictMath.sin(direction);
        double pixel = 2.0 / canvas.side();
        double stride = 0.5 * Math.max(pixel, thickness / 2);
        double heading = direction;
        for (double s = 0; s < length; s += stride) {
            double along = s / length;
            heading += stride * (bend + curl * (2 * along - 1));
            x += stride * StrictMath.cos(heading);
            y += stride * StrictMath.sin(heading);
            // Thick at the root, ending in a point.
            double half = 0.5 * thickness * Math.min(1, 2.2 * (1 - along)) / pixel;
            dab(canvas, canvas.toPixels(x), canvas.toPixels(y), half, cover);
        }
    }

    private static void dab(Canvas canvas, double x, double y, double half, float[] cover) {
        double reach = Math.max(half, 0.5);
        double strength = Math.min(1, half / 0.5);
        int side = canvas.side();
        for (int j = (int) Math.floor(y - reach); j <= y + reach + 1; j++) {
            for (int i = (int) Math.floor(x - reach); i <= x + reach + 1; i++) {
                if (i >= 0 && j >= 0 && i < side && j < side) {
                    double distance = Math.sqrt((i - x) * (i - x) + (j - y) * (j - y));
                    float value = (float) (strength * Math.min(1, Math.max(0, reach + 0.5 - distance)));
                    cover[j * side + i] = Math.max(cover[j * side + i], value);
                }
            }
        }
    }
}
