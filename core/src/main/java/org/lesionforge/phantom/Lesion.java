package org.lesionforge.phantom;

/** The pigment of a lesion around the origin, from its scores. Coordinates are in half image widths. */
final class Lesion {
    private final double radius;
    private final Outline outline;
    private final Colours colours;
    private final Pattern pattern;

    Lesion(PhantomLesion lesion) {
        SplitMix64 random = SplitMix64.of(lesion.seed(), "lesion");
        // Scores halfway between the classes' means are in the middle of what can be seen.
        double asymmetry = visible(lesion.asymmetry());
        double border = visible(lesion.border());
        double atypia = visible(lesion.structures());
        radius = 0.30 + 0.34 * visible(lesion.diameter()) + random.between(-0.02, 0.02);
        outline = new Outline(random, asymmetry, border, atypia);
        colours = new Colours(random, visible(lesion.colours()), asymmetry);
        pattern = new Pattern(random, atypia);
    }

    private static double visible(double score) {
        return Curve.logistic(1.4 * (score - PhantomLesion.SHIFT / 2));
    }

    void colour(double x, double y, Tissue tissue) {
        double u = x / radius;
        double v = y / radius;
        if (u * u + v * v > Outline.FARTHEST * Outline.FARTHEST) {
            return;
        }
        outline.locate(u, v);
        if (outline.cover > 0) {
            double texture = pattern.strength(x, y, outline.depth);
            colours.add(u, v, outline, texture, tissue);
        }
    }
}
