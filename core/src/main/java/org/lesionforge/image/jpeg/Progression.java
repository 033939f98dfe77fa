package org.lesionforge.image.jpeg;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.lesionforge.image.UnreadableImageException;

/**
 * The bits of coefficients that the scans of a frame have given so far (ITU T.81, G.1.1.1).
 *
 * <p>Stricter than libjpeg in two points, so that a file without its last scans, which would be blurred or lack colour,
 * is not accepted because it has an end mark: every bit of every coefficient must be present at the end, which the
 * standard leaves to the encoder but every common encoder does; and none may be given twice.
 */
final class Progression {
    private static final int COEFFICIENTS = 64;
    private static final int ABSENT = -1;
    private static final int MAX_LOW = 13;

    private final JpegFrame frame;

    /** By component and coefficient in zigzag order: number of low bits still missing. */
    private final int[][] missingBits;

    /** By component and block: the coefficients in zigzag order that are not zero, one bit each. */
    private final long[][] nonZero;

    Progression(JpegFrame frame) {
        this.frame = frame;
        int components = frame.components().size();
        missingBits = new int[components][COEFFICIENTS];
        for (int[] ofComponent : missingBits) {
            Arrays.fill(ofComponent, ABSENT);
        }
        nonZero = new long[components][];
    }

    /** Records the bits of a scan. */
    void add(JpegScan scan) throws UnreadableImageException {
        if (frame.progressive()) {
            requirePossible(scan);
        }
        int start = frame.progressive() ? scan.start() : 0;
        int end = frame.progressive() ? scan.end() : COEFFICIENTS - 1;
        int low = frame.progressive() ? scan.low() : 0;
        int before = frame.progressive() && scan.high() > 0 ? scan.high() : ABSENT;
        for (JpegScan.Part part : scan.parts()) {
            int[] missing = missingBits[part.component()];
            if (start > 0 && missing[0] == ABSENT) {
                throw outOfOrder(part, "AC coefficients before the DC coefficient");
            }
            for (int k = start; k <= end; k++) {
                if (missing[k] != before) {
                    throw outOfOrder(
                            part, missing[k] == ABSENT ? "refined before its first scan" : "bits that do not follow");
                }
                missing[k] = low;
            }
        }
    }

    private static void requirePossible(JpegScan scan) throws UnreadableImageException {
        boolean band = scan.start() == 0
                ? scan.end() == 0
                : scan.start() <= scan.end()
                        && scan.end() < COEFFICIENTS
                        && scan.parts().size() == 1;
        boolean bits = scan.low() <= MAX_LOW && (scan.high() == 0 || scan.low() == scan.high() - 1);
        if (!band || !bits) {
            throw new UnreadableImageException(
                    "damaged JPEG: a progressive scan of coefficients " + scan.start() + " to "
                            + scan.end() + ", bits " + scan.high() + " to " + scan.low() + ", of "
                            + scan.parts().size() + " components is not possible");
        }
    }

    private static UnreadableImageException outOfOrder(JpegScan.Part part, String what) {
        return new UnreadableImageException(
                "damaged JPEG: scans out of order, component " + (part.component() + 1) + ": " + what);
    }

    /** The blocks of a component with coefficients that later scans refine. */
    long[] nonZero(int component) {
        if (nonZero[component] == null) {
            nonZero[component] = new long[frame.blocks(component)];
        }
        return nonZero[component];
    }

    /** @throws UnreadableImageException unless all bits are present */
    void requireComplete() throws UnreadableImageException {
        requireAll(missing -> missing != ABSENT, "has not come");
        requireAll(missing -> missing == 0, "lacks some of its bits");
    }

    private void requireAll(IntPredicate good, String lack) throws UnreadableImageException {
        for (int c = 0; c < missingBits.length; c++) {
            for (int k = 0; k < COEFFICIENTS; k++) {
                if (!good.test(missingBits[c][k])) {
                    throw new UnreadableImageException("damaged JPEG: scans are missing; coefficient " + k
                            + " of component " + (c + 1) + " " + lack);
                }
            }
        }
    }
}
