package org.lesionforge.bench.fuzz.reference;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads a PNG by its specification (W3C, third edition), checking every rule whose violation damages the picture. */
public final class PngReference {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final Map<Integer, Set<Integer>> DEPTHS = Map.of(
            0, Set.of(1, 2, 4, 8, 16), 2, Set.of(8, 16), 3, Set.of(1, 2, 4, 8), 4, Set.of(8, 16), 6, Set.of(8, 16));
    private static final Map<Integer, Integer> SAMPLES = Map.of(0, 1, 2, 3, 3, 1, 4, 2, 6, 4);
    /** Adam7: first column, first row, steps between columns and rows. */
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int HIGHEST_FILTER = 4;
    private static final long MOST_PIXELS = 1 << 26;

    private final byte[] file;
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private byte[] header = {};
    private boolean hasPalette;
    private boolean dataEnded;

    private PngReference(byte[] file) {
        this.file = file;
    }

    public static void check(byte[] file) throws DamagedException {
        require(Arrays.mismatch(file, SIGNATURE) == SIGNATURE.length, "no signature");
        PngReference png = new PngReference(file);
        png.chunks();
        png.pixels();
    }

    private static void require(boolean holds, String otherwise) throws DamagedException {
        if (!holds) {
            throw new DamagedException(otherwise);
        }
    }

    private void chunks() throws DamagedException {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int at = SIGNATURE.length;
        while (true) {
            require(at + 12 <= file.length, "ends before IEND");
            int length = buffer.getInt(at);
            require(length >= 0 && length <= file.length - at - 12, "chunk of length " + length + " at " + at);
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            // A damaged chunk that does not affect the picture may be skipped.
            boolean isCritical = (file[at + 4] & 0x20) == 0;
            CRC32 crc = new CRC32();
            crc.update(file, at + 4, 4 + length);
            require(!isCritical || (int) crc.getValue() == buffer.getInt(at + 8 + length), "check sum of " + type);
            require(header.length > 0 || type.equals("IHDR"), "begins with " + type);
            chunk(type, isCritical, Arrays.copyOfRange(file, at + 8, at + 8 + length));
            if (type.equals("IEND")) {
                return;
            }
            at += 12 + length;
        }
    }

    private void chunk(String type, boolean isCritical, byte[] data) throws DamagedException {
        dataEnded |= packed.size() > 0 && !type.equals("IDAT");
        switch (type) {
            case "IHDR" -> header(data);
            case "PLTE" -> {
                require(data.length % 3 == 0 && data.length > 0 && data.length <= 768, "palette of " + data.length);
                require(!hasPalette && packed.size() == 0, "palette out of place");
                hasPalette = true;
            }
            case "IDAT" -> {
                require(!dataEnded, "pixels in two places");
                packed.writeBytes(data);
            }
            default -> require(!isCritical || type.equals("IEND"), "critical chunk " + type);
        }
    }

    private void header(byte[] data) throws DamagedException {
        require(header.length == 0, "two headers");
        require(data.length == 13, "header of length " + data.length);
        header = data;
        require(width() > 0 && height() > 0, width() + "x" + height() + " pixels");
        require(DEPTHS.getOrDefault((int) data[9], Set.of()).contains((int) data[8]), "no such form of pixels");
        require(data[10] == 0 && data[11] == 0 && data[12] >= 0 && data[12] <= 1, "no such method");
    }

    private int width() {
        return ByteBuffer.wrap(header).getInt(0);
    }

    private int height() {
        return ByteBuffer.wrap(header).getInt(4);
    }

    private void pixels() throws DamagedException {
        require(hasPalette || header[9] != 3, "no palette");
        require((long) width() * height() <= MOST_PIXELS, "too large to be read");
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed.toByteArray());
            if (header[12] == 0) {
                pass(inflater, width(), height());
            } else {
                for (int[] pass : PASSES) {
                    pass(
                            inflater,
                            (width() - pass[0] + pass[2] - 1) / pass[2],
                            (height() - pass[1] + pass[3] - 1) / pass[3]);
                }
            }
            // The stream's own check sum comes behind the last row.
            inflater.inflate(new byte[1]);
        } catch (DataFormatException e) {
            throw new DamagedException("zlib: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    private void pass(Inflater inflater, int columns, int rows) throws DataFormatException, DamagedException {
        if (columns <= 0) {
            return;
        }
        long bits = (long) columns * Objects.requireNonNull(SAMPLES.get((int) header[9])) * header[8];
        byte[] row = new byte[(int) (1 + (bits + 7) / 8)];
        for (int y = 0; y < rows; y++) {
            for (int done = 0; done < row.length; ) {
                int part = inflater.inflate(row, done, row.length - done);
                require(part > 0, "fewer pixels than " + width() + "x" + height());
                done += part;
            }
            require(row[0] >= 0 && row[0] <= HIGHEST_FILTER, "no filter " + row[0]);
        }
    }
}
