package org.lesionforge.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An array in NumPy's {@code .npy} format, row-major; values are read when asked for.
 *
 * @param name what messages call it
 * @param type {@code |u1}, {@code <f4}, {@code <f8}, … as the file says
 * @param start position of the first value in the file, in bytes
 */
public record NpyArray(Path file, String name, String type, long[] shape, long start) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern HEADER = Pattern.compile(
            "'descr':\\s*'([^']+)'.*'fortran_order':\\s*(True|False).*'shape':\\s*\\(([0-9, ]*)\\)", Pattern.DOTALL);

    /** @throws UnusableInputException when it is no such file, is cut short, or holds column-major values */
    public static NpyArray open(Path file, String name) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer start = read(channel, 0, 12);
            byte[] magic = new byte[MAGIC.length];
            start.get(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new UnusableInputException(name + " is not a .npy file");
            }
            boolean first = start.get(6) == 1;
            int length = first ? start.getShort(8) & 0xFFFF : start.getInt(8);
            long data = (first ? 10 : 12) + (long) length;
            if (length < 0 || data > channel.size()) {
                throw new EOFException("it ends within its header");
            }
            String header = StandardCharsets.ISO_8859_1
                    .decode(read(channel, first ? 10 : 12, length))
                    .toString();
            Matcher fields = HEADER.matcher(header);
            if (!fields.find() || fields.group(2).equals("True")) {
                throw new UnusableInputException(name + " must hold one plain array in C order, its header is: "
                        + header.trim() + "; save it with numpy.save(file, numpy.ascontiguousarray(array))");
            }
            long[] shape = Stream.of(fields.group(3).split(","))
                    .filter(size -> !size.isBlank())
                    .mapToLong(size -> Long.parseLong(size.strip()))
                    .toArray();
            NpyArray array = new NpyArray(file, name, fields.group(1), shape, data);
            if (channel.size() != data + array.bytes()) {
                throw new EOFException("it should have " + (data + array.bytes()) + " bytes for "
                        + Arrays.toString(shape) + " " + array.type() + ", it has " + channel.size());
            }
            return array;
        } catch (IOException | NumberFormatException | ArithmeticException e) {
            throw new UnusableInputException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    /** Whether these are 8-bit RGB images, N × H × W × 3. */
    public boolean holdsImages() {
        return type.equals("|u1") && shape.length == 4 && shape[3] == 3;
    }

    /** Whether these are feature vectors, N × d. */
    public boolean holdsFeatures() {
        return (type.equals("<f4") || type.equals("<f8")) && shape.length == 2;
    }

    public String description() {
        return type + " " + Arrays.toString(shape);
    }

    /** Copies {@code length} bytes from the {@code position}-th byte of the values on. */
    public void bytes(long position, byte[] target, int offset, int length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            fill(channel, start + position, ByteBuffer.wrap(target, offset, length));
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    /** Bytes per value. */
    public int valueBytes() {
        return switch (type) {
            case "|u1", "|i1", "|b1" -> 1;
            case "<f4" -> 4;
            case "<f8" -> 8;
            default ->
                throw new UnusableInputException(name + " holds values of type " + type
                        + "; expected uint8 images N×H×W×3 (|u1), or float32 or float64 features N×d (<f4, <f8)");
        };
    }

    private long bytes() {
        return Arrays.stream(shape).reduce(valueBytes(), Math::multiplyExact);
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        fill(channel, position, buffer);
        return buffer.flip();
    }

    private static void fill(FileChannel channel, long position, ByteBuffer buffer) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new EOFException("it is cut short");
            }
            at += read;
        }
    }
}
