package org.lesionforge.image.jpeg;

import org.lesionforge.image.UnreadableImageException;

/**
 * Finds out whether a JPEG file is whole: walks through its markers and Huffman codes, from its start to its end mark, and makes no pixels.
 *
 * <p>Decoders that are built on libjpeg fill with grey, or with what wrong codes happen to mean, where coded data are missing or damaged, and only warn. What
 * libjpeg warns of there is an error here: data that end too early, codes that are in no table, bytes left over, restart markers out of step, scans out of
 * order, a second start, a missing end. Unknown profiles and versions in headers are not; nor is anything behind the end mark.
 *
 * @param end behind the end mark
 * @param complete whether the codes were walked through too; only the markers where they are arithmetic, lossless, hierarchical or not of 8 bits
 * @param regular whether libjpeg has nothing at all to say of the scans
 */
public record JpegWalk(int end, boolean complete, boolean regular) {
    /** A decoder works through the whole image for each; the usual are 1 to 15. */
    static final int MAX_SCANS = 500;

    /** What is said of a file that simply ends. */
    static final String TRUNCATED = "truncated JPEG";

    /** @throws UnreadableImageException when it is damaged or truncated, with what and where */
    public static JpegWalk of(byte[] file) throws UnreadableImageException {
        return new MarkerWalk(file).walk();
    }
}
