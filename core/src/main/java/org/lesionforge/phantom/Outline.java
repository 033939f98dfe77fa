package org.lesionforge.phantom;

/**
 * The shape of a lesion, in units of its radius: a distorted ellipse. The fields hold the results for the last point.
 */
final class Outline {
    /** No lesion reaches beyond this many radii. */
    static final double FARTHEST = 2.3;

    /** Signed depth under the edge in radii, about 1 in the middle, negative outside. */
    double depth;
    /** Share of the lesion at the point, 0…1. */
    double cover;

    private final double axisX;
    private final double axisY;
    private final double elongation;
    private final double bend;
    private final double lobe;
    private final double lobeX;
    private final double lobeY;
    private final double lobeSize;
    private final double ragged;
    private final double frayed;
    private final double softness;
    private final double unevenness;
    private final double streaks;
    private final Noise noise;

    Outline(SplitMix64 random, double asymmetry, double border, double atypia) {
        double axis = random.between(0, 2 * StrictMath.PI);
        axisX = StrictMath.cos(axis);
        axisY = StrictMath.sin(axis);
        elongation = random.between(1, 1.35);
        bend = 0.04 + 0.42 * asymmetry;
        lobe = Curve.smooth(0.1, 0.6, asymmetry - 0.8 * random.uniform());
        double lobeAt = random.between(0, 2 * StrictMath.PI);
        double lobeFar = random.between(0.6, 0.85);
        lobeX = lobeFar * StrictMath.cos(lobeAt);
        lobeY = lobeFar * StrictMath.sin(lobeAt);
        lobeSize = random.between(0.4, 0.6);
        ragged = 0.05 + 0.36 * border;
        frayed = random.between(0.03, 0.09) + 0.06 * border;
        softness = random.between(0.15, 0.48) * (1 - 0.35 * border);
        unevenness = 0.2 + 0.7 * border;
        streaks = 0.45 * Curve.smooth(0.2, 0.7, atypia - 0.8 * random.uniform());
        noise = new Noise(random);
    }

    void locate(double x, double y) {
        double bentX = x + bend * noise.at(1.05 * x + 3, 1.05 * y);
        double bentY = y + bend * noise.at(1.05 * x, 1.05 * y + 31);
        double u = axisX * bentX + axisY * bentY;
        double v = (axisX * bentY - axisY * bentX) * elongation;
        double distance = Math.sqrt(u * u + v * v);
        depth = 1 - distance;
        if (lobe > 0) {
            double dx = u - lobeX;
            double dy = v - lobeY;
            double other = lobe * lobeSize - Math.sqrt(dx * dx + dy * dy);
            // A smooth maximum, so that the lobe grows out of the body.
            double sum = depth + other;
            double difference = depth - other;
            depth = 0.5 * (sum + Math.sqrt(difference * difference + 0.03));
        }
        depth += ragged * noise.fractal(1.7 * x + 60, 1.7 * y, 2) + frayed * noise.fractal(7 * x, 7 * y + 80, 3);
        if (streaks > 0 && distance > 0.4) {
            // Noise of the direction alone is constant along each radius.
            double ray = noise.at(9 * u / distance + 200, 9 * v / distance);
            double nearEdge = 1 - Math.min(1, Math.abs(depth) / 0.45);
            depth += streaks * nearEdge * Math.max(0, ray);
        }
        double width = softness * (1 + unevenness * noise.at(1.3 * x + 90, 1.3 * y));
        cover = Curve.smooth(-width, width, depth);
    }
}
