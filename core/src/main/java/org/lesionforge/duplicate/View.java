package org.lesionforge.duplicate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.lesionforge.image.Symmetry;

/**
 * The part of an original that a copy shows: a square crop in one of the eight symmetries of a square.
 *
 * @param left of the cut, as a share of the original's side
 * @param top of the cut, as a share of the original's side
 * @param side of the cut, as a share of the original's side
 * @param symmetry how the cut was laid over
 */
record View(double left, double top, double side, Symmetry symmetry) {
    /** Crops that are tried; {@link Alignment} finds those between them. */
    private static final double[] SIDES = {1, 0.95, 0.9};

    /** Slightly below the smallest side that is tried. */
    private static final double SMALLEST = 0.85;
    /** How far a crop may extend beyond the original, since resampling moves edges. */
    private static final double OUTSIDE = 0.02;

    /** The whole image first. */
    static final List<View> SEARCHED = searched();

    private static List<View> searched() {
        List<View> views = new ArrayList<>();
        for (double side : SIDES) {
            double room = 1 - side;
            double[] starts = room == 0 ? new double[] {0} : new double[] {0, room / 2, room};
            for (double top : starts) {
                for (double left : starts) {
                    for (int index = 0; index < Symmetry.COUNT; index++) {
                        views.add(new View(left, top, side, Symmetry.of(index)));
                    }
                }
            }
        }
        return List.copyOf(views);
    }

    /** The {@code count × count} samples of the crop, in the copy's orientation. */
    double[] laidOver(double[] samples, int count) {
        return symmetry.apply(samples, count);
    }

    /**
     * This crop one step to the left, right, up and down, and one step smaller and larger about its centre, where
     * allowed.
     */
    List<View> neighbours(double step) {
        return Stream.of(
                        new View(left - step, top, side, symmetry),
                        new View(left + step, top, side, symmetry),
                        new View(left, top - step, side, symmetry),
                        new View(left, top + step, side, symmetry),
                        new View(left + step / 2, top + step / 2, side - step, symmetry),
                        new View(left - step / 2, top - step / 2, side + step, symmetry))
                .filter(View::isAllowed)
                .toList();
    }

    private boolean isAllowed() {
        return side >= SMALLEST && Math.min(left, top) >= -OUTSIDE && Math.max(left, top) + side <= 1 + OUTSIDE;
    }

    /** A description for people: {@code same frame}, {@code mirrored}, {@code turned, 92 % of the frame}. */
    String description() {
        String laid = laidOver();
        String cut = side > 0.985 ? "" : String.format(Locale.ROOT, "%.0f %% of the frame", 100 * side);
        if (laid.isEmpty()) {
            return cut.isEmpty() ? "same frame" : cut;
        }
        return cut.isEmpty() ? laid : laid + ", " + cut;
    }

    /**
     * An odd number of reflections is a mirror image, an even number a rotation; transposing reflects along the
     * diagonal.
     */
    private String laidOver() {
        boolean straight = !symmetry.transposed();
        int mirrors = Stream.of(symmetry.mirrored(), symmetry.upsideDown(), symmetry.transposed())
                .mapToInt(mirror -> mirror ? 1 : 0)
                .sum();
        return switch (mirrors) {
            case 0 -> "";
            case 1 -> straight ? "mirrored" : "turned and mirrored";
            case 2 -> "turned";
            default -> "turned and mirrored";
        };
    }
}
