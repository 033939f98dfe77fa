package org.lesionforge.image.jpeg;

import java.util.ArrayList;
import java.util.List;
import org.lesionforge.image.UnreadableImageException;

/**
 * The header of a frame (ITU T.81, B.2.2).
 *
 * @param marker second byte of its marker, 0xC0 for a baseline frame
 * @param precision bits of a sample
 */
record JpegFrame(int marker, int precision, int width, int height, List<Component> components) {
    /**
     * @param id used by scans to refer to it
     * @param horizontal its sampling factor, 1…4
     * @param vertical its sampling factor, 1…4
     * @param quantisation number of its table
     */
    record Component(int id, int horizontal, int vertical, int quantisation) {}

    private static final int BASELINE = 0xC0;
    private static final int PROGRESSIVE = 0xC2;
    private static final int MAX_COMPONENTS = 4;
    private static final int MAX_SAMPLING = 4;
    private static final int BLOCK = 8;

    static JpegFrame of(byte[] file, JpegSegments.Segment segment) throws UnreadableImageException {
        int at = segment.start();
        int length = segment.end() - at;
        int count = length < 6 ? 0 : file[at + 5] & 0xFF;
        if (length < 6 || length != 6 + 3 * count) {
            throw new UnreadableImageException("damaged JPEG: the length of its frame header, " + (length + 2)
                    + ", does not fit its number of components, " + count);
        }
        int height = ((file[at + 1] & 0xFF) << 8) | (file[at + 2] & 0xFF);
        int width = ((file[at + 3] & 0xFF) << 8) | (file[at + 4] & 0xFF);
        if (height == 0 || width == 0) {
            throw new UnreadableImageException("damaged JPEG: its frame header says " + width + "×" + height + " pixels"
                    + (height == 0 ? " (a height that follows the pixels, DNL, is not supported)" : ""));
        }
        if (count < 1 || count > MAX_COMPONENTS) {
            throw new UnreadableImageException("damaged JPEG: " + count + " components, 1 to 4 can be read");
        }
        List<Component> components = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            int from = at + 6 + 3 * c;
            int horizontal = (file[from + 1] >> 4) & 0x0F;
            int vertical = file[from + 1] & 0x0F;
            if (horizontal < 1 || horizontal > MAX_SAMPLING || vertical < 1 || vertical > MAX_SAMPLING) {
                throw new UnreadableImageException("damaged JPEG: component " + (c + 1) + " has the sampling factors "
                        + horizontal + "×" + vertical + ", 1 to 4 are possible");
            }
            components.add(new Component(file[from] & 0xFF, horizontal, vertical, file[from + 2] & 0xFF));
        }
        return new JpegFrame(segment.marker(), file[at] & 0xFF, width, height, List.copyOf(components));
    }

    boolean progressive() {
        return marker == PROGRESSIVE;
    }

    /**
     * Whether its codes can be checked: Huffman codes, DCT, 8 bits; not arithmetic coding, lossless or hierarchical
     * frames.
     */
    boolean huffmanOfEightBits() {
        return marker >= BASELINE && marker <= PROGRESSIVE && precision == 8;
    }

    /** Minimum coded units of a scan of several components (A.2.3). */
    int interleavedUnits() {
        return ceilDivide(width, BLOCK * maxHorizontal()) * ceilDivide(height, BLOCK * maxVertical());
    }

    /** Blocks of a component, which are the units of a scan of it alone (A.2.2). */
    int blocks(int component) {
        Component of = components.get(component);
        return ceilDivide(width * of.horizontal(), BLOCK * maxHorizontal())
                * ceilDivide(height * of.vertical(), BLOCK * maxVertical());
    }

    private int maxHorizontal() {
        return components.stream().mapToInt(Component::horizontal).max().orElseThrow();
    }

    private int maxVertical() {
        return components.stream().mapToInt(Component::vertical).max().orElseThrow();
    }

    private static int ceilDivide(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
