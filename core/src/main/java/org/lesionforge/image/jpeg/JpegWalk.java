package org.lesionforge.image.jpeg;

import org.lesionforge.image.UnreadableImageException;

/**
 * Checks that a JPEG file is complete by reading its markers and Huffman codes from start to end mark, without making
 * pixels.
 *
 * <p>Where coded data are missing or damaged, decoders built on libjpeg fill with grey or with the values of wrong
 * codes, and only warn. Those warnings are errors here: data that end too early, codes that are in no table, surplus
 * bytes, restart markers out of order, scans out of order, a second start, a missing end. Unknown profiles and versions
 * in headers are not errors; nor is anything after the end mark.
 *
 * @param end position after the end mark
 * @param complete whether the codes were checked, too; only the markers are in arithmetic, lossless and hierarchical
 *     files and those not of 8 bits
 * @param regular whether libjpeg has no warning about the scans
 */
public record JpegWalk(int end, boolean complete, boolean regular) {
    /** A decoder processes the whole image for each scan; usual are 1 to 15. */
    static final int MAX_SCANS = 500;

    /** The reason for a file that is cut short. */
    static final String TRUNCATED = "truncated JPEG";

    /**
     * Walks through a file.
     *
     * @param file its bytes, from the start mark on
     * @return where it ends, and how much of it was walked through
     * @throws UnreadableImageException when it is damaged or truncated, with what and where
     */
    public static JpegWalk of(byte[] file) throws UnreadableImageException {
        return new MarkerWalk(file).walk();
    }
}
