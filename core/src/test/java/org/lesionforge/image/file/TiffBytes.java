package org.lesionforge.image.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Writes TIFF and BigTIFF files tag by tag, after TIFF revision 6.0: the pixels, then the directory, its values as LONGs but for the colour map. */
final class TiffBytes {
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int COLOUR_MAP = 320;

    private final Map<Integer, int[]> tags = new TreeMap<>();
    private byte[] pixels = {};
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private boolean big;
    private int nextDirectory;

    /** Uncompressed, in one strip. */
    static TiffBytes of(int width, int height, int photometric, int samples, int bits) {
        TiffBytes tiff =
                new TiffBytes().with(256, width).with(257, height).with(259, 1).with(262, photometric);
        int[] all = new int[samples];
        Arrays.fill(all, bits);
        return tiff.with(258, all).with(277, samples).with(278, height);
    }

    TiffBytes with(int tag, int... values) {
        tags.put(tag, values);
        return this;
    }

    TiffBytes bigEndian() {
        order = ByteOrder.BIG_ENDIAN;
        return this;
    }

    TiffBytes big() {
        big = true;
        return this;
    }

    /** Where the directory after the first is said to be. */
    TiffBytes next(int position) {
        nextDirectory = position;
        return this;
    }

    TiffBytes bytes(int... values) {
        pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) values[i];
        }
        return this;
    }

    TiffBytes shorts(int... values) {
        ByteBuffer out = ByteBuffer.allocate(2 * values.length).order(order);
        for (int value : values) {
            out.putShort((short) value);
        }
        pixels = out.array();
        return this;
    }

    TiffBytes ints(int... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(order);
        for (int value : values) {
            out.putInt(value);
        }
        pixels = out.array();
        return this;
    }

    TiffBytes floats(double... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(order);
        for (double value : values) {
            out.putFloat((float) value);
        }
        pixels = out.array();
        return with(339, 3);
    }

    byte[] file() {
        int start = big ? 16 : 8;
        tags.putIfAbsent(273, new int[] {start});
        tags.putIfAbsent(279, new int[] {pixels.length});
        int entry = big ? 20 : 12;
        int directory = start + pixels.length + pixels.length % 2;
        int values = directory + (big ? 8 : 2) + entry * tags.size() + (big ? 8 : 4);
        ByteBuffer out = ByteBuffer.allocate(
                values + 4 * tags.values().stream().mapToInt(v -> v.length).sum());
        out.order(order);
        out.put(order == ByteOrder.LITTLE_ENDIAN ? new byte[] {'I', 'I'} : new byte[] {'M', 'M'});
        if (big) {
            out.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(directory);
        } else {
            out.putShort((short) 42).putInt(directory);
        }
        out.put(pixels).position(directory);
        if (big) {
            out.putLong(tags.size());
        } else {
            out.putShort((short) tags.size());
        }
        int free = values;
        for (Map.Entry<Integer, int[]> tag : tags.entrySet()) {
            int count = tag.getValue().length;
            boolean inside = 4 * count <= (big ? 8 : 4);
            int at = out.position() + (big ? 12 : 8);
            out.putShort(tag.getKey().shortValue()).putShort((short) (tag.getKey() == COLOUR_MAP ? SHORT : LONG));
            if (big) {
                out.putLong(count);
            } else {
                out.putInt(count);
            }
            if (!inside) {
                if (big) {
                    out.putLong(at, free);
                } else {
                    out.putInt(at, free);
                }
            }
            int to = inside ? at : free;
            for (int value : tag.getValue()) {
                if (tag.getKey() == COLOUR_MAP) {
                    out.putShort(to, (short) value);
                    to += 2;
                } else {
                    out.putInt(to, value);
                    to += 4;
                }
            }
            free = inside ? free : to;
            out.position(at + (big ? 8 : 4));
        }
        if (big) {
            out.putLong(nextDirectory);
        } else {
            out.putInt(nextDirectory);
        }
        return out.array();
    }
}
