package org.lesionforge.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The header of an array in NumPy's {@code .npy} format, versions 1 to 3.
 *
 * @param name what messages call the array
 * @param type {@code |u1}, {@code <f4}, {@code <f8}, … as the file says
 * @param shape each dimension at most 2³¹ − 1
 * @param start position of the first value, in bytes
 */
public record NpyHeader(String name, String type, long[] shape, long start) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** Magic, version and length of a header in version 1.0. */
    private static final int PREFIX = MAGIC.length + 2 + Short.BYTES;

    private static final int NEWEST_VERSION = 3;
    /** NumPy's own limit for headers of untrusted files is 10,000. */
    private static final int LONGEST = 1 << 16;
    /** The alignment of values, as in NumPy. */
    private static final int ALIGNMENT = 64;

    private static final int MOST_DIMENSIONS = 64;
    private static final String ENTRY = "['\"](descr|fortran_order|shape)['\"]\\s*:\\s*"
            + "(?:['\"]([^'\"]*)['\"]|(True|False)|\\(([0-9L,\\s]*)\\)|(\\[[^\\]]*\\]))\\s*";
    private static final Pattern FIELD = Pattern.compile("\\G\\s*" + ENTRY + "(?:,|(?=\\}))");
    private static final String REMEDY =
            "save it with numpy.save(file, numpy.ascontiguousarray(array)), one plain array of numbers";

    /**
     * Reads up to the first value.
     *
     * @param in at the start of the array's file
     * @param name what messages call the array
     * @return the header
     * @throws UnusableInputException when it is not such a header, or not one of a row-major array of numbers
     * @throws IOException when {@code in} cannot be read or ends too soon
     */
    public static NpyHeader read(InputStream in, String name) throws IOException {
        byte[] start = bytes(in, MAGIC.length + 2);
        if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new UnusableInputException(name + " is not a .npy file");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > NEWEST_VERSION || start[MAGIC.length + 1] != 0) {
            throw new UnusableInputException(name + " is a .npy file of version " + (version & 0xFF) + "."
                    + (start[MAGIC.length + 1] & 0xFF) + ", expected 1.0 to " + NEWEST_VERSION + ".0; " + REMEDY);
        }
        int width = version == 1 ? Short.BYTES : Integer.BYTES;
        ByteBuffer number = ByteBuffer.wrap(bytes(in, width)).order(ByteOrder.LITTLE_ENDIAN);
        long length = version == 1 ? number.getShort() & 0xFFFF : number.getInt() & 0xFFFF_FFFFL;
        if (length > LONGEST) {
            throw new UnusableInputException(
                    name + " announces a header of " + length + " bytes, at most " + LONGEST + " are read; " + REMEDY);
        }
        String text =
                new String(bytes(in, (int) length), version < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        return parse(text, MAGIC.length + 2 + width + length, name);
    }

    private static NpyHeader parse(String text, long start, String name) {
        Map<String, String> fields = fields(text, name);
        String type = Objects.requireNonNull(fields.get("descr"));
        String fortranOrder = Objects.requireNonNull(fields.get("fortran_order"));
        String sizes = Objects.requireNonNull(fields.get("shape"));
        if (type.startsWith("[")) {
            throw new UnusableInputException(name + " holds records of several fields (" + Printable.excerpt(type)
                    + "), not" + " one number per element; " + REMEDY);
        }
        if (type.contains("O")) {
            throw new UnusableInputException(
                    name + " holds Python objects, which only running code from the file could" + " read; " + REMEDY);
        }
        if (!fortranOrder.equals("False")) {
            throw new UnusableInputException(name + " holds its values column by column (fortran_order: "
                    + Printable.excerpt(fortranOrder) + "), expected row by row; " + REMEDY);
        }
        long[] shape = Arrays.stream(sizes.split(","))
                .map(String::strip)
                .filter(size -> !size.isEmpty())
                .mapToLong(size -> dimension(size, text, name))
                .toArray();
        if (shape.length > MOST_DIMENSIONS) {
            throw new UnusableInputException(name + " has " + shape.length + " dimensions");
        }
        return new NpyHeader(name, type, shape, start);
    }

    /** The three entries of the dictionary, in any order, each once. */
    private static Map<String, String> fields(String text, String name) {
        String stripped = text.strip();
        Map<String, String> fields = new HashMap<>();
        if (stripped.startsWith("{") && stripped.endsWith("}")) {
            Matcher matcher = FIELD.matcher(stripped);
            matcher.region(1, stripped.length());
            int end = 1;
            while (matcher.find()) {
                boolean isShape = matcher.group(1).equals("shape");
                String value = isShape
                        ? matcher.group(4)
                        : matcher.group(1).equals("descr")
                                ? (matcher.group(2) == null ? matcher.group(5) : matcher.group(2))
                                : matcher.group(3);
                if (value == null || fields.put(matcher.group(1), value) != null) {
                    break;
                }
                end = matcher.end();
            }
            if (fields.size() == 3 && stripped.substring(end).strip().equals("}")) {
                return fields;
            }
        }
        throw new UnusableInputException(name + " is not a .npy file that NumPy wrote, its header should give descr,"
                + " fortran_order and shape, it is: " + Printable.excerpt(text.strip()) + "; " + REMEDY);
    }

    /** Python 2 wrote {@code 3L} for 3. */
    private static long dimension(String size, String text, String name) {
        String digits = size.endsWith("L") ? size.substring(0, size.length() - 1) : size;
        if (!digits.matches("[0-9]{1,18}")) {
            throw new UnusableInputException(name + " has a shape that is not one: " + Printable.excerpt(text.strip()));
        }
        long dimension = Long.parseLong(digits);
        if (dimension > Integer.MAX_VALUE) {
            throw new UnusableInputException(name + " has a dimension of " + dimension + ", at most "
                    + Integer.MAX_VALUE + " are possible; split the array");
        }
        return dimension;
    }

    /**
     * {@return the header of an array that is written row by row, in version 1.0; values follow at a multiple of 64
     * bytes}
     *
     * @param type {@code |u1}, {@code <f4}, …
     * @param shape one dimension or more
     */
    public static byte[] bytes(String type, int... shape) {
        String text = text(type, joined(shape) + ", ");
        int least = PREFIX + text.length() + 1;
        return written(text, (least + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    }

    /**
     * As {@link #bytes}, with a fixed length, for an array whose number of rows is known only at the end.
     *
     * @param start position of the first value, in bytes: 128 has room for any four dimensions
     * @param type {@code |u1}, {@code <f4}, …
     * @param shape of at least two dimensions
     * @return {@code start} bytes
     */
    public static byte[] bytesBefore(int start, String type, int... shape) {
        return written(text(type, joined(shape)), start);
    }

    private static String joined(int... shape) {
        return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    private static String text(String type, String sizes) {
        return "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + sizes + "), }";
    }

    private static byte[] written(String text, int start) {
        String padded = text + " ".repeat(start - PREFIX - 1 - text.length()) + "\n";
        return ByteBuffer.allocate(start)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) (start - PREFIX))
                .put(padded.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    /** Bytes per value. */
    int valueBytes() {
        return switch (type) {
            case "|u1", "|i1", "|b1" -> 1;
            case "<f4" -> 4;
            case "<f8" -> 8;
            default ->
                throw new UnusableInputException(name + " holds values of type " + Printable.excerpt(type)
                        + "; expected uint8 images N×H×W×3 (|u1), or float32 or float64 features N×d (<f4, <f8)");
        };
    }

    /**
     * Refuses an array with more or fewer bytes than it needs.
     *
     * @param bytes of header and values together
     */
    public void requireSize(long bytes) {
        try {
            // Without a dimension of 0 the product must fit, too: an array of no rows still has rows of some length.
            long values = valueBytes();
            for (long dimension : shape) {
                values = Math.multiplyExact(values, Math.max(1, dimension));
            }
            boolean empty = Arrays.stream(shape).anyMatch(dimension -> dimension == 0);
            long expected = Math.addExact(start, empty ? 0 : values);
            if (bytes != expected) {
                throw new UnusableInputException(name + " should have " + expected + " bytes for "
                        + Arrays.toString(shape) + " " + type + ", it has " + bytes + "; write or fetch it again");
            }
        } catch (ArithmeticException e) {
            throw new UnusableInputException(
                    name + " has the shape " + Arrays.toString(shape) + ", which is too large", e);
        }
    }

    private static byte[] bytes(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("it ends within its header");
        }
        return bytes;
    }
}
