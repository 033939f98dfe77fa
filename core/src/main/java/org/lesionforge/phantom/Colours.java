package org.lesionforge.phantom;

/** The share of each colour at each point of a lesion. Distances are in radii of the lesion. */
final class Colours {
    private final double brown;
    private final double deep;
    private final double reddish;
    private final double profile;
    private final double unevenness;
    private final double tilt;
    private final double tiltX;
    private final double tiltY;
    private final double halo;
    private final Region black;
    private final Region red;
    private final Region veil;
    private final Region white;
    private final Region pale;
    private final Noise noise;

    Colours(SplitMix64 random, double variegation, double asymmetry) {
        brown = 0.28 + 2.0 * random.uniform() * (0.35 + 0.65 * random.uniform());
        deep = random.chance(0.35) ? random.between(0.05, 0.30) : 0;
        reddish = random.between(0, 0.55) * random.uniform();
        profile = random.between(-0.35, 0.75);
        unevenness = 0.22 + 0.55 * variegation;
        tilt = 0.08 + 0.40 * asymmetry;
        double direction = random.between(0, 2 * StrictMath.PI);
        tiltX = StrictMath.cos(direction);
        tiltY = StrictMath.sin(direction);
        halo = random.between(-0.05, 0.16);
        black = Region.roll(random, variegation, 0.30, 0.55);
        red = Region.roll(random, variegation, 0.40, 0.75);
        veil = Region.roll(random, variegation, 0.35, 0.65);
        white = Region.roll(random, variegation, 0.25, 0.50);
        pale = Region.roll(random, variegation, 0.40, 0.80);
        noise = new Noise(random);
    }

    void add(double u, double v, Outline at, double texture, Tissue tissue) {
        double rough = noise.fractal(1.9 * u, 1.9 * v, 3);
        double inside = Math.min(1, Math.max(0, at.depth));
        double amount = brown
                * (1 + profile * (inside - 0.4) + unevenness * rough + tilt * (tiltX * u + tiltY * v))
                * (1 - 0.6 * pale.share(u, v, rough));
        double blackness = black.share(u, v, -rough);
        double whiteness = white.share(u, v, rough);
        amount = Math.max(0.25 * brown, amount) + 1.9 * blackness;
        amount *= 1 - 0.8 * whiteness;

        tissue.melanin += at.cover * amount * texture;
        tissue.blood += at.cover * (reddish + 0.65 * red.share(u, v, -rough)) * (0.85 + 0.15 * texture);
        tissue.blood += halo * Curve.smooth(-0.5, 0, at.depth);
        double blueGrey = deep + 0.55 * veil.share(u, v, rough) * (1 - 0.7 * blackness);
        tissue.veil += at.cover * Math.min(0.7, blueGrey * (0.4 + 0.6 * texture));
        tissue.scar += at.cover * 0.45 * whiteness;
    }

    /** A blotch of one colour somewhere in the lesion; absent when its strength is 0. */
    private record Region(double strength, double x, double y, double size) {
        /** The more variegated a lesion, the more of its possible colours are there: each has a threshold of its own. */
        static Region roll(SplitMix64 random, double variegation, double smallest, double largest) {
            double strength = Curve.smooth(0, 0.3, variegation - (0.12 + 0.9 * random.uniform()));
            double direction = random.between(0, 2 * StrictMath.PI);
            double distance = random.between(0.1, 0.65);
            return new Region(
                    strength,
                    distance * StrictMath.cos(direction),
                    distance * StrictMath.sin(direction),
                    random.between(smallest, largest));
        }

        double share(double u, double v, double rough) {
            if (strength == 0) {
                return 0;
            }
            double dx = u - x;
            double dy = v - y;
            double depth = 1 - Math.sqrt(dx * dx + dy * dy) / size + 0.7 * rough;
            return strength * Curve.smooth(-0.35, 0.8, depth);
        }
    }
}
