package org.lesionforge.image.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The integers in the first directory of a TIFF or BigTIFF file, or of the EXIF block of another file, which has the
 * same format. Further directories are not read, so neither loops of directories nor millions of them matter.
 *
 * <p>Format: TIFF revision 6.0, section 2; BigTIFF has the same with lengths and positions of 8 bytes.
 */
final class TiffDirectory {
    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int IFD = 13;
    private static final int LONG8 = 16;
    private static final int IFD8 = 18;

    /** @param at position of the values, or of their offset where they do not fit into the entry */
    private record Entry(int type, long count, int at) {}

    private final ByteBuffer tiff;
    private final boolean big;
    private final Map<Integer, Entry> entries = new HashMap<>();

    private TiffDirectory(ByteBuffer tiff) {
        this.tiff = tiff;
        this.tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        this.big = tiff.getChar(2) == 43;
    }

    /**
     * @param tiff beginning with the byte order
     * @throws IndexOutOfBoundsException when the directory is beyond the end of the file
     */
    static TiffDirectory of(ByteBuffer tiff) {
        TiffDirectory directory = new TiffDirectory(tiff);
        directory.collect();
        return directory;
    }

    private void collect() {
        int at = position(big ? tiff.getLong(8) : Integer.toUnsignedLong(tiff.getInt(4)));
        long count = big ? tiff.getLong(at) : tiff.getChar(at);
        int length = big ? 20 : 12;
        at += big ? 8 : 2;
        if (count < 0 || count > (tiff.limit() - at) / length) {
            throw new IndexOutOfBoundsException();
        }
        for (int i = 0; i < count; i++, at += length) {
            entries.putIfAbsent(
                    (int) tiff.getChar(at),
                    new Entry(
                            tiff.getChar(at + 2),
                            big ? tiff.getLong(at + 4) : Integer.toUnsignedLong(tiff.getInt(at + 4)),
                            at + (big ? 12 : 8)));
        }
    }

    private int position(long at) {
        if (at < 0 || at > tiff.limit()) {
            throw new IndexOutOfBoundsException();
        }
        return (int) at;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** The first value of {@code tag}, or {@code otherwise} where it has none. */
    long value(int tag, long otherwise) {
        long[] values = values(tag);
        return values.length == 0 ? otherwise : values[0];
    }

    /**
     * The values of {@code tag}, none where it is missing or not of integers.
     *
     * @throws IndexOutOfBoundsException when they are beyond the end of the file
     */
    long[] values(int tag) {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return new long[0];
        }
        int width = width(entry.type());
        if (width == 0) {
            return new long[0];
        }
        if (entry.count() < 0 || entry.count() > tiff.limit() / width) {
            throw new IndexOutOfBoundsException();
        }
        int count = (int) entry.count();
        boolean inside = (long) count * width <= (big ? 8 : 4);
        int at = inside
                ? entry.at()
                : position(big ? tiff.getLong(entry.at()) : Integer.toUnsignedLong(tiff.getInt(entry.at())));
        if ((long) at + (long) count * width > tiff.limit()) {
            throw new IndexOutOfBoundsException();
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (width) {
                case 1 -> tiff.get(at + i) & 0xFF;
                case 2 -> tiff.getChar(at + 2 * i);
                case 4 -> Integer.toUnsignedLong(tiff.getInt(at + 4 * i));
                default -> tiff.getLong(at + 8 * i);
            };
        }
        return values;
    }

    private static int width(int type) {
        return switch (type) {
            case BYTE -> 1;
            case SHORT -> 2;
            case LONG, IFD -> 4;
            case LONG8, IFD8 -> 8;
            default -> 0;
        };
    }
}
