package org.lesionforge.phantom;

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
    private final Noise.Cell cell = new Noise.Cell();

    Skin(SplitMix64 random) {
        boolean dark = random.chance(0.08);
        melanin = dark ? random.between(0.35, 0.75) : 0.02 + 0.26 * random.uniform() * random.uniform();
        blood = 0.04 + 0.32 * random.uniform() * random.uniform();
        mottling = 0.015 + 0.08 * random.uniform() * random.uniform();
        flush = 0.015 + 0.12 * random.uniform() * random.uniform();
        furrows = random.chance(0.3) ? random.between(0.015, 0.055) : 0;
        double direction = random.between(0, StrictMath.PI);
        furrowX = StrictMath.cos(direction);
        furrowY = StrictMath.sin(direction);
        furrowScale = random.between(11, 20);
        vessels = random.chance(0.18) ? random.between(0.08, 0.30) : 0;
        freckles = random.chance(0.25) ? random.between(0.1, 0.45) : 0;
        grain = random.between(0.008, 0.03);
        broad = new Noise(random);
        fine = new Noise(random);
        lines = new Noise(random);
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
            double branch = lines.fractal(2.2 * x + 9, 2.2 * y, 4);
            double thinness = 1 - Math.min(1, Math.abs(branch) * 12);
            tissue.blood += vessels * thinness * Curve.smooth(0, 0.6, low);
        }
        if (furrows > 0) {
            // A pale mesh, stretched along one direction.
            double along = (furrowX * x + furrowY * y) * furrowScale * 0.55;
            double across = (furrowX * y - furrowY * x) * furrowScale;
            lines.cell(along + 0.25 * patches, across + 0.25 * patches + 0.1 * speckle, 0.42, cell);
            double furrow = furrows * (1 - Curve.smooth(0, 0.35, cell.mesh)) * (1 + 0.8 * low);
            tissue.melanin -= furrow;
            tissue.blood -= furrow;
        }
    }
}
