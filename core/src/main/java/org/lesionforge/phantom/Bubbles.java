package org.lesionforge.phantom;

/** Air in the immersion gel: a dark rim, a bright crescent, a glint. */
final class Bubbles {
    private static final double[] RIM = {0.30, 0.24, 0.22};
    private static final double[] LIGHT = {1, 0.99, 0.98};

    private Bubbles() {}

    static void paint(Canvas canvas, SplitMix64 random, int count) {
        double lightFrom = random.between(0, 2 * StrictMath.PI);
        for (int i = 0; i < count; i++) {
            double radius = random.between(0.018, 0.05) * (random.chance(0.15) ? 2 : 1);
            paint(
                    canvas,
                    canvas.toPixels(random.between(-0.95, 0.95)),
                    canvas.toPixels(random.between(-0.95, 0.95)),
                    radius * canvas.side() / 2,
                    StrictMath.cos(lightFrom),
                    StrictMath.sin(lightFrom));
        }
    }

    private static void paint(Canvas canvas, double x, double y, double radius, double lightX, double lightY) {
        for (int j = (int) Math.floor(y - radius - 1); j <= y + radius + 1; j++) {
            for (int i = (int) Math.floor(x - radius - 1); i <= x + radius + 1; i++) {
                double dx = (i - x) / radius;
                double dy = (j - y) / radius;
                double distance = Math.sqrt(dx * dx + dy * dy);
                double toLight = dx * lightX + dy * lightY;
                double rim = Curve.smooth(0.55, 0.88, distance) * (1 - Curve.smooth(0.92, 1.15, distance));
                canvas.blend(i, j, rim * (0.32 - 0.22 * toLight), RIM);
                canvas.blend(i, j, 0.7 * rim * Curve.smooth(0.35, 0.95, toLight), LIGHT);
                double glintX = dx + 0.4 * lightX;
                double glintY = dy + 0.4 * lightY;
                double glint = Math.sqrt(glintX * glintX + glintY * glintY);
                canvas.blend(i, j, 0.85 * (1 - Curve.smooth(0.10, 0.30, glint)), LIGHT);
                canvas.blend(i, j, 0.10 * (1 - Curve.smooth(0.8, 1.0, distance)), LIGHT);
            }
        }
    }
}
