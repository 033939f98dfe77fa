package org.lesionforge.phantom;

/** Turns skin and lesion into a photograph: pose, obstructions, lens, light, sensor. */
final class Camera {
    private static final double[] RIM = {0.045, 0.04, 0.045};

    private final Photograph photograph;

    Camera(Photograph photograph) {
        this.photograph = photograph;
    }

    Canvas take(Skin skin, Lesion lesion, int side) {
        Canvas canvas = new Canvas(side);
        project(skin, lesion, canvas);
        Hairs.paint(canvas, SplitMix64.of(photograph.seed(), "hairs"), photograph.hairs());
        Bubbles.paint(canvas, SplitMix64.of(photograph.seed(), "bubbles"), photograph.bubbles());
        if (photograph.ruler()) {
            Ruler.paint(canvas, SplitMix64.of(photograph.seed(), "ruler"));
        }
        canvas.blur(photograph.blur() * side / 2);
        light(canvas);
        sense(canvas);
        return canvas;
    }

    private void project(Skin skin, Lesion lesion, Canvas canvas) {
        int side = canvas.side();
        double cos = StrictMath.cos(photograph.rotation()) / photograph.zoom();
        double sin = StrictMath.sin(photograph.rotation()) / photograph.zoom();
        Tissue tissue = new Tissue();
        for (int row = 0; row < side; row++) {
            double y = canvas.fromPixels(row) - photograph.shiftY();
            for (int column = 0; column < side; column++) {
                double x = canvas.fromPixels(column) - photograph.shiftX();
                double skinX = cos * x + sin * y;
                double skinY = cos * y - sin * x;
                tissue.clear();
                skin.colour(skinX, skinY, tissue);
                lesion.colour(skinX, skinY, tissue);
                for (int c = 0; c < 3; c++) {
                    canvas.plane(c)[row * side + column] = (float) tissue.reflected(c);
                }
            }
        }
    }

    private void light(Canvas canvas) {
        int side = canvas.side();
        for (int row = 0; row < side; row++) {
            double y = canvas.fromPixels(row);
            for (int column = 0; column < side; column++) {
                double x = canvas.fromPixels(column);
                double dx = x - photograph.lightX();
                double dy = y - photograph.lightY();
                double light = 1 - photograph.falloff() * Math.min(1.2, (dx * dx + dy * dy) / 2.5);
                for (int c = 0; c < 3; c++) {
                    canvas.plane(c)[row * side + column] *=
                            (float) (light * photograph.gain()[c]);
                }
                if (photograph.ringRadius() > 0) {
                    double distance = Math.sqrt(x * x + y * y);
                    double outside = Curve.smooth(
                            photograph.ringRadius() - photograph.ringSoftness(),
                            photograph.ringRadius() + photograph.ringSoftness(),
                            distance);
                    canvas.blend(column, row, outside, RIM);
                }
            }
        }
    }

    private void sense(Canvas canvas) {
        SplitMix64 random = SplitMix64.of(photograph.seed(), "sensor");
        double grey = photograph.noise();
        double colour = 0.5 * photograph.noise();
        for (int i = 0; i < canvas.side() * canvas.side(); i++) {
            double common = grey * random.disturbance();
            for (int c = 0; c < 3; c++) {
                canvas.plane(c)[i] += (float) (common + colour * random.disturbance());
            }
        }
    }
}
