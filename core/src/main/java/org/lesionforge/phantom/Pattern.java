package org.lesionforge.phantom;

/**
 * The fine pattern of the pigment: a network, globules or neither, and grain. Coordinates are in half image widths: a
 * network's size is that of the skin.
 */
final class Pattern {
    private final double network;
    private final double meshScale;
    private final double jitter;
    private final double lineWidth;
    private final double patchiness;
    private final double globules;
    private final double globuleScale;
    private final double globuleShare;
    private final double globuleSpread;
    private final double grain;
    private final Noise mesh;
    private final Noise patches;
    private final Noise.Cell cell = new Noise.Cell();

    Pattern(SplitMix64 random, double atypia) {
        double kind = random.uniform();
        boolean reticular = kind < 0.6;
        boolean globular = kind > 0.42 && kind < 0.75;
        network = reticular ? random.between(0.3, 0.85) : 0;
        meshScale = random.between(22, 36) * (1 - 0.25 * atypia);
        jitter = 0.30 + 0.16 * atypia;
        lineWidth = random.between(0.22, 0.34);
        patchiness = 0.2 + 0.8 * atypia;
        globules = globular ? random.between(0.4, 0.9) : 0.8 * Curve.smooth(0.3, 0.9, atypia - 0.6 * random.uniform());
        globuleScale = random.between(14, 22);
        globuleShare = random.between(0.5, 0.9) - 0.3 * atypia;
        globuleSpread = 0.05 + 0.16 * atypia;
        grain = random.between(0.10, 0.26);
        mesh = new Noise(random);
        patches = new Noise(random);
    }

    /** The factor of the pigment, around 1. */
    double strength(double x, double y, double depth) {
        double patch = patches.fractal(3.2 * x, 3.2 * y, 2);
        double speckle = patches.fractal(19 * x + 50, 19 * y, 3);
        double strength = 1 + grain * speckle;
        // Distorted coordinates make the mesh irregular.
        double bentX = x + 0.05 * patch + 0.012 * speckle;
        double bentY = y - 0.05 * patch - 0.012 * speckle;
        if (network > 0) {
            mesh.cell(bentX * meshScale, bentY * meshScale, jitter, cell);
            double width = lineWidth * (1 + 0.6 * patchiness * patch);
            double line = 1 - Curve.smooth(0.1 * width, 2.2 * width, cell.mesh);
            double present = Math.max(0, 1 + patchiness * 1.6 * (patch - 0.1));
            strength += network * Math.min(1.4, present) * (1.5 * line - 0.55);
        }
        if (globules > 0) {
            mesh.cell(bentX * globuleScale + 70, bentY * globuleScale, 0.4, cell);
            double size = 0.24 + globuleSpread * (2 * cell.lot - 1);
            double present = Curve.smooth(0, 0.3, globuleShare + 0.5 * patchiness * patch - cell.lot * 0.9);
            strength += globules * present * (1 - Curve.smooth(0.6 * size, 1.3 * size, cell.centre));
        }
        return Math.max(0.15, strength);
    }
}
