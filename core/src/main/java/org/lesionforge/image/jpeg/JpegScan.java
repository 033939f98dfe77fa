package org.lesionforge.image.jpeg;

import java.util.ArrayList;
import java.util.List;
import org.lesionforge.image.UnreadableImageException;

/**
 * The header of a scan (ITU T.81, B.2.3).
 *
 * @param start Ss, its first coefficient in zigzag order
 * @param end Se, its last coefficient
 * @param high Ah, how many low bits were left out before; 0 in the first scan of a coefficient
 * @param low Al, how many low bits are still left out
 */
record JpegScan(List<Part> parts, int start, int end, int high, int low) {
    /**
     * @param component number of a component of the frame, from 0
     * @param dcTable number of its Huffman table, 0…15
     * @param acTable number of its Huffman table, 0…15
     */
    record Part(int component, int dcTable, int acTable) {}

    private static final int MAX_PARTS = 4;
    private static final int MAX_BLOCKS_OF_UNIT = 10;

    static JpegScan of(byte[] file, JpegSegments.Segment segment, JpegFrame frame) throws UnreadableImageException {
        int at = segment.start();
        int length = segment.end() - at;
        int count = length < 1 ? 0 : file[at] & 0xFF;
        if (count < 1 || count > MAX_PARTS || length != 4 + 2 * count) {
            throw new UnreadableImageException("damaged JPEG: the length of its scan header at byte " + (at - 4) + ", "
                    + (length + 2) + ", does not fit its number of components, " + count);
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int id = file[at + 1 + 2 * i] & 0xFF;
            int tables = file[at + 2 + 2 * i];
            parts.add(new Part(component(id, frame, parts), (tables >> 4) & 0x0F, tables & 0x0F));
        }
        int last = at + 1 + 2 * count;
        JpegScan scan = new JpegScan(
                List.copyOf(parts),
                file[last] & 0xFF,
                file[last + 1] & 0xFF,
                (file[last + 2] >> 4) & 0x0F,
                file[last + 2] & 0x0F);
        if (count > 1 && scan.blocksOfUnit(frame) > MAX_BLOCKS_OF_UNIT) {
            throw new UnreadableImageException(
                    "damaged JPEG: " + scan.blocksOfUnit(frame) + " blocks in a unit, at most 10 are possible");
        }
        return scan;
    }

    /** Several components with the same id are taken once each, in their order. */
    private static int component(int id, JpegFrame frame, List<Part> taken) throws UnreadableImageException {
        for (int c = 0; c < frame.components().size(); c++) {
            int component = c;
            if (frame.components().get(c).id() == id
                    && taken.stream().noneMatch(part -> part.component() == component)) {
                return c;
            }
        }
        throw new UnreadableImageException(
                "damaged JPEG: a scan names component " + id + ", which the frame does not have");
    }

    private int blocksOfUnit(JpegFrame frame) {
        return parts.stream()
                .map(part -> frame.components().get(part.component()))
                .mapToInt(component -> component.horizontal() * component.vertical())
                .sum();
    }

    /** Whether it holds all bits of all coefficients, as in sequential frames. */
    boolean whole() {
        return start == 0 && end == 63 && high == 0 && low == 0;
    }
}
