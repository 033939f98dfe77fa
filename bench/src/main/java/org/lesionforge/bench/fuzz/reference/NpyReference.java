package org.lesionforge.bench.fuzz.reference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesionforge.bench.fuzz.mutation.ByteMutations;
import org.lesionforge.io.Sha256;

/** Reads arrays as written by the program and by NumPy's {@code save}, by NEP 1. */
public final class NpyReference {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /**
     * A dictionary as Python prints it, keys in any order; other forms that {@code literal_eval} allows get no verdict.
     */
    private static final Pattern HEADER = Pattern.compile("(?s)\\s*\\{(?=.*'descr': '([<|>=][a-zA-Z]\\d+)')"
            + "(?=.*'fortran_order': (True|False))(?=.*'shape': \\(([\\d,\\s]*)\\)).*}\\s*");

    private NpyReference() {}

    /** @return the text of {@link #value}; empty where it cannot tell */
    public static String read(byte[] file) throws DamagedException {
        require(file.length >= 10 && Arrays.mismatch(file, MAGIC) == MAGIC.length, "no .npy file");
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int version = file[6];
        require(version >= 1 && version <= 3 && file[7] == 0, "no version " + version);
        require(version == 1 || file.length >= 12, "no length");
        long length = version == 1 ? Short.toUnsignedInt(buffer.getShort(8)) : Integer.toUnsignedLong(buffer.getInt(8));
        int begin = version == 1 ? 10 : 12;
        require(length <= file.length - begin, "header of length " + length);
        int start = begin + (int) length;
        String text = new String(file, begin, (int) length, StandardCharsets.ISO_8859_1);
        Matcher header = HEADER.matcher(text);
        require(header.matches(), "header " + text);
        List<Long> shape = new ArrayList<>();
        String type = header.group(1);
        long bytes = Integer.parseInt(type.substring(2));
        for (String size : header.group(3).split(",", -1)) {
            if (!size.isBlank()) {
                require(size.strip().matches("\\d{1,9}"), "size " + size);
                shape.add(Long.parseLong(size.strip()));
                require(bytes <= file.length, "more values than the file has");
                bytes *= shape.get(shape.size() - 1);
            }
        }
        require(bytes == file.length - start, "expected " + bytes + " bytes of values");
        return value(type, shape, Arrays.copyOfRange(file, start, file.length));
    }

    public static String value(String type, List<Long> shape, byte[] values) {
        return type + shape + " " + Sha256.of(values).substring(0, 16);
    }

    private static void require(boolean holds, String otherwise) throws DamagedException {
        if (!holds) {
            throw new DamagedException(otherwise);
        }
    }

    /** An array as NumPy saves it. */
    public static byte[] write(String type, String shape, byte[] values) {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
        int padding = 63 - (MAGIC.length + 4 + header.length()) % 64;
        byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteMutations.joined(
                MAGIC, new byte[] {1, 0, (byte) text.length, (byte) (text.length >> 8)}, text, values);
    }
}
