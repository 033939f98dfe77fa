package org.lesionforge.data.phantom;

/** The skin around a lesion, the same in all its photographs. Coordinates are in half image widths. */
final class Skin {
    private final double melanin;
    private final double blood;
    private final double mottling;
    private final double flush;
    private final double furrows;
    private final double furrowX;
    private final double furrowY;
    private final double furrowScale;
    private final double vessels;
    private final double freckles;
    private final double grain;
    private final Noise broad;
    private final Noise fine;
    private final Noise lines;

    Skin(Dice dice) {
        boolean dark = dice.chance(0.08);
        melanin = dark ? dice.between(0.35, 0.75) : 0.02 + 0.26 * dice.uniform() * dice.uniform();
        blood = 0.04 + 0.32 * dice.uniform() * dice.uniform();
        mottling = 0.015 + 0.08 * dice.uniform() * dice.uniform();
        flush = 0.015 + 0.12 * dice.uniform() * dice.uniform();
        furrows = dice.chance(0.35) ? dice.between(0.02, 0.07) : dice.between(0, 0.02);
        double direction = dice.between(0, StrictMath.PI);
        furrowX = StrictMath.cos(direction);
        furrowY = StrictMath.sin(direction);
        furrowScale = dice.between(9, 18);
        vessels = dice.chance(0.25) ? dice.between(0.08, 0.35) : 0;
        freckles = dice.chance(0.25) ? dice.between(0.1, 0.45) : 0;
        grain = dice.between(0.008, 0.03);
        broad = new Noise(dice);
        fine = new Noise(dice);
        lines = new Noise(dice);
    }

    void colour(double x, double y, Tissue tissue) {
        double low = broad.fractal(1.3 * x, 1.3 * y, 2);
        double patches = broad.fractal(4.1 * x + 40, 4.1 * y, 3);
        double speckle = fine.fractal(21 * x, 21 * y, 2);
        tissue.melanin += melanin * (1 + 0.3 * low) + mottling * patches + grain * speckle;
        tissue.blood += blood + flush * (0.7 * patches - low) + grain * speckle;
        if (freckles > 0) {
            tissue.melanin += freckles * Curve.smooth(0.35, 1.3, patches - 0.3 * low);
        }
        if (vessels > 0) {
            double branch = lines.fractal(2.6 * x + 9, 2.6 * y, 2);
            double thinness = 1 - Math.min(1, Math.abs(branch) * 14);
            tissue.blood += vessels * thinness * Curve.smooth(-0.1, 0.5, low);
        }
        // Furrows: a mesh stretched along one direction, paler than the skin between.
        double along = (furrowX * x + furrowY * y) * furrowScale * 0.45;
        double across = (furrowX * y - furrowY * x) * furrowScale;
        double furrow = lines.at(along, across + 0.15 * speckle);
        double crest = 1 - Math.min(1, Math.abs(furrow) * 5);
        tissue.melanin -= furrows * crest;
        tissue.blood -= furrows * crest;
    }
}
