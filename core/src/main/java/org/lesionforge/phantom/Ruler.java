package org.lesionforge.phantom;

/** Millimetre marks along an edge of the picture, every fifth one longer, with or without a base line. */
final class Ruler {
    private static final double[] INK = {0.13, 0.12, 0.14};

    private Ruler() {}

    static void paint(Canvas canvas, SplitMix64 random) {
        double angle = random.whole(0, 3) * StrictMath.PI / 2 + random.between(-0.12, 0.12);
        double alongX = StrictMath.cos(angle);
        double alongY = StrictMath.sin(angle);
        double distance = random.between(0.78, 0.92);
        double spacing = random.between(0.07, 0.12);
        double opacity = random.between(0.65, 0.95);
        double mark = random.between(0.05, 0.08);
        boolean baseLine = random.chance(0.6);
        double from = random.chance(0.5) ? -1.1 : -0.45;
        double to = -from;
        double half = Math.max(0.5, 0.0035 * canvas.side() / 2);
        int count = (int) ((to - from) / spacing);
        for (int i = 0; i <= count; i++) {
            double s = from + i * spacing;
            double length = i % 5 == 0 ? 1.7 * mark : mark;
            line(
                    canvas,
                    s * alongX - distance * alongY,
                    s * alongY + distance * alongX,
                    alongY,
                    -alongX,
                    length,
                    half,
                    opacity);
        }
        if (baseLine) {
            line(
                    canvas,
                    from * alongX - distance * alongY,
                    from * alongY + distance * alongX,
                    alongX,
                    alongY,
                    count * spacing,
                    half,
                    opacity);
        }
    }

    private static void line(
            Canvas canvas,
            double startX,
            double startY,
            double directionX,
            double directionY,
            double length,
            double half,
            double opacity) {
        double x = canvas.toPixels(startX);
        double y = canvas.toPixels(startY);
        double pixels = length * canvas.side() / 2;
        double endX = x + directionX * pixels;
        double endY = y + directionY * pixels;
        for (int j = (int) Math.floor(Math.min(y, endY) - half - 1); j <= Math.max(y, endY) + half + 1; j++) {
            for (int i = (int) Math.floor(Math.min(x, endX) - half - 1); i <= Math.max(x, endX) + half + 1; i++) {
                double along = (i - x) * directionX + (j - y) * directionY;
                double nearest = Math.min(pixels, Math.max(0, along));
                double dx = i - x - nearest * directionX;
                double dy = j - y - nearest * directionY;
                double cover = half + 0.5 - Math.sqrt(dx * dx + dy * dy);
                canvas.blend(i, j, opacity * Math.min(1, Math.max(0, cover)), INK);
            }
        }
    }
}
