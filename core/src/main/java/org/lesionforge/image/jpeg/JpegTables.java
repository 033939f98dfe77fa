package org.lesionforge.image.jpeg;

import java.util.Arrays;
import org.lesionforge.image.UnreadableImageException;

/** The tables and the restart interval that hold from where a JPEG file defines them (ITU T.81, B.2.4). */
final class JpegTables {
    private static final int TABLES = 4;
    private static final int LENGTHS = 16;
    private static final int COEFFICIENTS = 64;

    private final HuffmanTable[] dc;
    private final HuffmanTable[] ac;
    private final boolean[] quantisation = new boolean[TABLES];
    private int restartInterval;

    JpegTables() {
        dc = new HuffmanTable[TABLES];
        ac = new HuffmanTable[TABLES];
    }

    /** For a sequential frame, which may omit the standard tables. */
    void addStandard() {
        HuffmanTable[] standardDc = HuffmanTable.standardDc();
        HuffmanTable[] standardAc = HuffmanTable.standardAc();
        for (int i = 0; i < TABLES; i++) {
            dc[i] = dc[i] == null ? standardDc[i] : dc[i];
            ac[i] = ac[i] == null ? standardAc[i] : ac[i];
        }
    }

    /** DHT (B.2.4.2). */
    void defineHuffman(byte[] file, JpegSegments.Segment segment) throws UnreadableImageException {
        int at = segment.start();
        while (at + 1 + LENGTHS <= segment.end()) {
            int place = file[at++] & 0xFF;
            int[] lengths = new int[LENGTHS];
            int count = 0;
            for (int i = 0; i < LENGTHS; i++) {
                lengths[i] = file[at++] & 0xFF;
                count += lengths[i];
            }
            if (place >> 4 > 1 || (place & 0x0F) >= TABLES || count > 256 || at + count > segment.end()) {
                throw damaged("Huffman tables", segment);
            }
            HuffmanTable table = new HuffmanTable(lengths, Arrays.copyOfRange(file, at, at + count));
            (place >> 4 == 0 ? dc : ac)[place & 0x0F] = table;
            at += count;
        }
        requireEnd(at, "Huffman tables", segment);
    }

    /** DQT (B.2.4.1): only the numbers of the tables. */
    void defineQuantisation(byte[] file, JpegSegments.Segment segment) throws UnreadableImageException {
        int at = segment.start();
        while (at < segment.end()) {
            int place = file[at] & 0x0F;
            int bytes = (file[at] & 0xF0) == 0 ? 1 : 2;
            if (place >= TABLES) {
                throw damaged("quantisation tables", segment);
            }
            quantisation[place] = true;
            at += 1 + bytes * COEFFICIENTS;
        }
        requireEnd(at, "quantisation tables", segment);
    }

    /** DRI (B.2.4.4). */
    void defineRestartInterval(byte[] file, JpegSegments.Segment segment) throws UnreadableImageException {
        int at = segment.start();
        requireEnd(at + 2, "a restart interval", segment);
        restartInterval = ((file[at] & 0xFF) << 8) | (file[at + 1] & 0xFF);
    }

    private static void requireEnd(int at, String what, JpegSegments.Segment segment) throws UnreadableImageException {
        if (at != segment.end()) {
            throw damaged(what, segment);
        }
    }

    private static UnreadableImageException damaged(String what, JpegSegments.Segment segment) {
        return new UnreadableImageException(
                "damaged JPEG: the segment at byte " + (segment.start() - 4) + " does not hold " + what);
    }

    /** In units; 0 without restart markers. */
    int restartInterval() {
        return restartInterval;
    }

    HuffmanTable dc(int place) throws UnreadableImageException {
        HuffmanTable table = table(dc, place, "DC");
        if (!table.validForDc()) {
            throw new UnreadableImageException("damaged JPEG: DC Huffman table " + place + " is not possible");
        }
        return table;
    }

    HuffmanTable ac(int place) throws UnreadableImageException {
        return table(ac, place, "AC");
    }

    private static HuffmanTable table(HuffmanTable[] tables, int place, String kind) throws UnreadableImageException {
        if (place >= TABLES || tables[place] == null) {
            throw new UnreadableImageException(
                    "damaged JPEG: a scan uses " + kind + " Huffman table " + place + ", which is not defined");
        }
        if (!tables[place].valid()) {
            throw new UnreadableImageException(
                    "damaged JPEG: " + kind + " Huffman table " + place + " has more codes than there can be");
        }
        return tables[place];
    }

    void requireQuantisation(int place) throws UnreadableImageException {
        if (place >= TABLES || !quantisation[place]) {
            throw new UnreadableImageException("damaged JPEG: quantisation table " + place + " is missing");
        }
    }
}
