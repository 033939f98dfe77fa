package org.lesionforge.image.jpeg;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lesionforge.image.UnreadableImageException;

/** Reads the markers of a JPEG file in order (ITU T.81, annex B); the implementation of {@link JpegWalk}. */
final class MarkerWalk {
    private static final int TEMPORARY = 0x01;
    private static final int FRAME = 0xC0;
    private static final int HUFFMAN_TABLES = 0xC4;
    private static final int EXTENSION = 0xC8;
    private static final int ARITHMETIC_CONDITIONING = 0xCC;
    private static final int LAST_FRAME = 0xCF;
    private static final int RESTART = 0xD0;
    private static final int LAST_RESTART = 0xD7;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int QUANTISATION_TABLES = 0xDB;
    private static final int NUMBER_OF_LINES = 0xDC;
    private static final int RESTART_INTERVAL = 0xDD;
    private static final int HIERARCHICAL_PROGRESSION = 0xDE;
    private static final int EXPANSION = 0xDF;
    private static final int APPLICATION = 0xE0;
    private static final int LAST_APPLICATION = 0xEF;
    private static final int JPEG_LS_FRAME = 0xF7;
    private static final int COMMENT = 0xFE;

    private final byte[] file;
    private final JpegTables tables = new JpegTables();
    private int at = 2;
    private int scans;
    private @Nullable JpegFrame frame;
    /** Of the frame, as soon as there is one. */
    private @Nullable Progression progression;

    /** Whether all codes so far could be checked. */
    private boolean complete = true;

    private boolean regular = true;

    /** @param file that begins with a start of image */
    MarkerWalk(byte[] file) {
        this.file = file;
    }

    JpegWalk walk() throws UnreadableImageException {
        int marker = nextMarker();
        while (marker != END_OF_IMAGE) {
            if (marker != TEMPORARY) {
                walkSegment(marker, segment(marker));
            }
            marker = nextMarker();
        }
        if (scans == 0) {
            throw new UnreadableImageException("damaged JPEG: it has no pixels");
        }
        if (complete) {
            Objects.requireNonNull(progression).requireComplete();
        }
        return new JpegWalk(at, complete, regular);
    }

    /**
     * Moves past the next marker, before which any number of 0xFF may be (B.1.1.2). Before the first scan there may
     * also be zeros, with which some writers pad the header's segments.
     */
    private int nextMarker() throws UnreadableImageException {
        int marker = JpegSegments.nextMarker(file, at);
        if (marker >= file.length) {
            throw new UnreadableImageException(JpegWalk.TRUNCATED);
        }
        for (; at < marker; at++) {
            boolean fill = file[at] == (byte) 0xFF;
            boolean zeroOfHeader = file[at] == 0 && file[at - 1] != (byte) 0xFF && scans == 0;
            if (!fill && !zeroOfHeader) {
                throw new UnreadableImageException(
                        "damaged JPEG: surplus bytes from byte " + at + " on, where a marker should be");
            }
            regular &= fill;
        }
        at = marker + 1;
        return file[marker] & 0xFF;
    }

    /** Moves past the segment of the marker that was just read. */
    private JpegSegments.Segment segment(int marker) throws UnreadableImageException {
        if (marker == START_OF_IMAGE) {
            throw new UnreadableImageException("damaged JPEG: a second file begins at byte " + (at - 2) + ", in it");
        }
        if (marker >= RESTART && marker <= LAST_RESTART) {
            throw new UnreadableImageException(
                    "damaged JPEG: restart marker " + (marker - RESTART) + " out of order at byte " + (at - 2));
        }
        int length = at + 2 > file.length ? 2 : ((file[at] & 0xFF) << 8) | (file[at + 1] & 0xFF);
        if (length < 2) {
            throw new UnreadableImageException(
                    "damaged JPEG: the segment at byte " + (at - 2) + " has the length " + length);
        }
        if (at + length > file.length) {
            throw new UnreadableImageException(JpegWalk.TRUNCATED);
        }
        JpegSegments.Segment segment = new JpegSegments.Segment(marker, at + 2, at + length);
        at += length;
        return segment;
    }

    private void walkSegment(int marker, JpegSegments.Segment segment) throws UnreadableImageException {
        switch (marker) {
            case HUFFMAN_TABLES -> tables.defineHuffman(file, segment);
            case QUANTISATION_TABLES -> tables.defineQuantisation(file, segment);
            case RESTART_INTERVAL -> tables.defineRestartInterval(file, segment);
            case START_OF_SCAN -> walkScan(segment);
            case HIERARCHICAL_PROGRESSION, EXPANSION, JPEG_LS_FRAME -> complete = false;
            case ARITHMETIC_CONDITIONING, NUMBER_OF_LINES, COMMENT -> {}
            default -> {
                if (marker >= FRAME && marker <= LAST_FRAME && marker != EXTENSION) {
                    beginFrame(segment);
                } else if (marker < APPLICATION || marker > LAST_APPLICATION) {
                    throw new UnreadableImageException(
                            "damaged JPEG: unknown marker FF%02X at byte %d".formatted(marker, segment.start() - 4));
                }
            }
        }
    }

    private void beginFrame(JpegSegments.Segment segment) throws UnreadableImageException {
        if (!complete) {
            return;
        }
        if (frame != null) {
            throw new UnreadableImageException("damaged JPEG: a second frame begins at byte " + (segment.start() - 4));
        }
        frame = JpegFrame.of(file, segment);
        complete = frame.huffmanOfEightBits();
        progression = new Progression(frame);
    }

    private void walkScan(JpegSegments.Segment segment) throws UnreadableImageException {
        scans++;
        if (scans > JpegWalk.MAX_SCANS) {
            throw new UnreadableImageException("too many scans: at most " + JpegWalk.MAX_SCANS + " are read");
        }
        if (!complete) {
            passScan();
            return;
        }
        if (frame == null || progression == null) {
            throw new UnreadableImageException("damaged JPEG: a scan without a frame at byte " + (segment.start() - 4));
        }
        JpegScan scan = JpegScan.of(file, segment, frame);
        progression.add(scan);
        for (JpegScan.Part part : scan.parts()) {
            tables.requireQuantisation(frame.components().get(part.component()).quantisation());
        }
        if (!frame.progressive()) {
            tables.addStandard();
            regular &= scan.whole();
        }
        ScanWalk walk = new ScanWalk(file, scans, frame, scan, tables, progression);
        at = walk.walk(at);
        regular &= !walk.overfilled();
    }

    /** Moves to the next marker that is not part of the coded data; in JPEG-LS these have 0xFF before any byte below 0x80. */
    private void passScan() {
        while (at + 1 < file.length
                && (file[at] != (byte) 0xFF
                        || file[at + 1] >= 0
                        || file[at + 1] == (byte) 0xFF
                        || ((file[at + 1] & 0xFF) >= RESTART && (file[at + 1] & 0xFF) <= LAST_RESTART))) {
            at++;
        }
        if (at + 1 >= file.length) {
            at = file.length;
        }
    }
}
