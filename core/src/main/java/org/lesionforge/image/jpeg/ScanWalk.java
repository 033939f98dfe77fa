package org.lesionforge.image.jpeg;

import java.util.List;
import java.util.stream.IntStream;
import org.lesionforge.image.UnreadableImageException;

/** Reads the codes of one scan, unit by unit and from one restart marker to the next (ITU T.81, E.2.3 to E.2.5). */
final class ScanWalk {
    private static final int RESTART = 0xD0;
    private static final int RESTARTS = 8;
    private static final int END_OF_IMAGE = 0xD9;

    private final byte[] file;
    private final int number;
    private final int units;
    private final int interval;
    private final BlockCodes codes;
    private final JpegBits bits;
    private int unit;

    /** @param number of the scan in the file, from 1, for messages */
    ScanWalk(byte[] file, int number, JpegFrame frame, JpegScan scan, JpegTables tables, Progression progression)
            throws UnreadableImageException {
        this.file = file;
        this.number = number;
        units = scan.parts().size() == 1 ? frame.blocks(scan.parts().get(0).component()) : frame.interleavedUnits();
        interval = tables.restartInterval();
        codes = codes(frame, scan, tables, progression);
        bits = new JpegBits(file);
    }

    private static BlockCodes codes(JpegFrame frame, JpegScan scan, JpegTables tables, Progression progression)
            throws UnreadableImageException {
        int[] components = componentOfBlocks(frame, scan.parts());
        if (!frame.progressive()) {
            return new SequentialCodes(components, prediction(scan.parts(), tables, 0), acTables(scan.parts(), tables));
        }
        if (scan.start() == 0) {
            return scan.high() == 0
                    ? new ProgressiveDcCodes(components, prediction(scan.parts(), tables, scan.low()))
                    : new DcRefinementCodes(components.length);
        }
        HuffmanTable table = acTables(scan.parts(), tables)[0];
        int component = scan.parts().get(0).component();
        if (scan.high() > 0) {
            return new AcRefinementCodes(table, scan, progression.nonZero(component));
        }
        return new ProgressiveAcCodes(table, scan, scan.low() > 0 ? progression.nonZero(component) : null);
    }

    /** By block of a unit: the place of its component in the scan (A.2). */
    private static int[] componentOfBlocks(JpegFrame frame, List<JpegScan.Part> parts) {
        if (parts.size() == 1) {
            return new int[] {0};
        }
        return IntStream.range(0, parts.size())
                .flatMap(place -> {
                    JpegFrame.Component component =
                            frame.components().get(parts.get(place).component());
                    return IntStream.generate(() -> place).limit((long) component.horizontal() * component.vertical());
                })
                .toArray();
    }

    private static DcPrediction prediction(List<JpegScan.Part> parts, JpegTables tables, int low)
            throws UnreadableImageException {
        HuffmanTable[] used = new HuffmanTable[parts.size()];
        for (int i = 0; i < used.length; i++) {
            used[i] = tables.dc(parts.get(i).dcTable());
        }
        return new DcPrediction(used, low);
    }

    private static HuffmanTable[] acTables(List<JpegScan.Part> parts, JpegTables tables)
            throws UnreadableImageException {
        HuffmanTable[] used = new HuffmanTable[parts.size()];
        for (int i = 0; i < used.length; i++) {
            used[i] = tables.ac(parts.get(i).acTable());
        }
        return used;
    }

    /**
     * @param start position of the scan's first codes
     * @return position of the marker after the scan
     */
    int walk(int start) throws UnreadableImageException {
        bits.start(start);
        int restart = 0;
        int left = interval;
        for (unit = 0; unit < units; unit++) {
            if (interval > 0 && left == 0) {
                bits.start(passRestart(endInterval(), restart));
                restart = (restart + 1) % RESTARTS;
                left = interval;
            }
            walkUnit();
            left--;
        }
        int end = endInterval();
        // Some encoders end the last interval with a marker as well.
        return interval > 0 && left == 0 && marker(end) == RESTART + restart ? end + 2 : end;
    }

    /** Whether libjpeg may warn of surplus bytes. */
    boolean overfilled() {
        return bits.overfilled();
    }

    private void walkUnit() throws UnreadableImageException {
        try {
            codes.walk(bits, unit);
        } catch (JpegCodeException e) {
            throw bits.exhausted() ? missing() : damaged(e);
        }
        if (bits.exhausted()) {
            throw missing();
        }
    }

    private int endInterval() throws UnreadableImageException {
        try {
            codes.endInterval();
        } catch (JpegCodeException e) {
            throw damaged(e);
        }
        int end = bits.end();
        if (end < 0) {
            throw new UnreadableImageException(
                    "damaged JPEG: surplus bytes from byte " + bits.position() + " on, after " + place());
        }
        return end;
    }

    private int passRestart(int at, int expected) throws UnreadableImageException {
        if (at >= file.length) {
            throw new UnreadableImageException(JpegWalk.TRUNCATED);
        }
        if (marker(at) != RESTART + expected) {
            throw new UnreadableImageException("damaged JPEG: %s at byte %d where restart marker %d belongs, before %s"
                    .formatted(nameOfMarker(at), at, expected, place()));
        }
        return at + 2;
    }

    /** Second byte of the marker there; −1 at the end of the file. */
    private int marker(int at) {
        return at + 1 < file.length ? file[at + 1] & 0xFF : -1;
    }

    private String nameOfMarker(int at) {
        return marker(at) == END_OF_IMAGE ? "the end mark" : "marker FF%02X".formatted(marker(at));
    }

    private UnreadableImageException damaged(JpegCodeException what) {
        return new UnreadableImageException(
                "damaged JPEG: " + what.getMessage() + " near byte " + bits.position() + ", " + place());
    }

    private UnreadableImageException missing() {
        int end = bits.segmentEnd();
        return end >= file.length
                ? new UnreadableImageException(JpegWalk.TRUNCATED)
                : new UnreadableImageException(
                        "damaged JPEG: " + nameOfMarker(end) + " at byte " + end + " before the end of " + place());
    }

    private String place() {
        return "unit %d of %d of scan %d".formatted(Math.min(unit + 1, units), units, number);
    }
}
