package org.lesionforge.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * An array in NumPy's {@code .npy} format, row-major; values are read on demand; safe to use from several threads.
 *
 * @param channel of the file that holds it, open for as long as the array is used
 */
public record NpyArray(FileChannel channel, NpyHeader header) {
    /**
     * Reads the header; values are read when they are asked for.
     *
     * @param file held open by the array's channel
     * @param name what messages call the array
     * @return the array
     * @throws UnusableInputException when it is not such a file, is cut short or too long, or does not hold numbers in
     *     row-major order
     */
    public static NpyArray open(Path file, String name) {
        try {
            return of(FileChannel.open(file, StandardOpenOption.READ), name);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    /** @param channel closed again when the array cannot be used */
    static NpyArray of(FileChannel channel, String name) throws IOException {
        try {
            NpyHeader header = NpyHeader.read(Channels.newInputStream(channel.position(0)), name);
            header.requireSize(channel.size());
            return new NpyArray(channel, header);
        } catch (IOException | UnusableInputException e) {
            channel.close();
            throw e;
        }
    }

    /** {@return its name in messages} */
    public String name() {
        return header.name();
    }

    /** {@return {@code |u1}, {@code <f4}, {@code <f8}, … as in the file} */
    public String type() {
        return header.type();
    }

    /** {@return the size of each dimension, at most 2³¹ − 1} */
    public long[] shape() {
        return header.shape();
    }

    /** {@return the position of the first value in the file, in bytes} */
    public long start() {
        return header.start();
    }

    /** {@return whether these are 8-bit RGB images, N × H × W × 3} */
    public boolean holdsImages() {
        return type().equals("|u1") && shape().length == 4 && shape()[3] == 3;
    }

    /** {@return whether these are feature vectors, N × d} */
    public boolean holdsFeatures() {
        return holdsFloats() && shape().length == 2;
    }

    /** {@return whether these are float32 or float64 numbers} */
    public boolean holdsFloats() {
        return type().equals("<f4") || type().equals("<f8");
    }

    /**
     * All values of an array that {@linkplain #holdsFloats holds such numbers}, row by row.
     *
     * @return as many values as the shape's product
     * @throws UnusableInputException when they are too many for memory
     */
    public double[] doubles() {
        long count = 1;
        for (long size : shape()) {
            count = Math.multiplyExact(count, size);
        }
        if (count * valueBytes() > Integer.MAX_VALUE - Long.BYTES) {
            throw new UnusableInputException(name() + " holds " + description() + ", too many to be read at once");
        }
        byte[] bytes = new byte[(int) count * valueBytes()];
        bytes(0, bytes, 0, bytes.length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = valueBytes() == Double.BYTES ? buffer.getDouble() : buffer.getFloat();
        }
        return values;
    }

    /**
     * Checks that images N × H × W or N × H × W × 3 have pixels, and that one image fits into an array as RGB.
     *
     * @throws UnusableInputException when they do not
     */
    public void requireImageSize() {
        long height = shape()[1];
        long width = shape()[2];
        if (height == 0 || width == 0 || height * width > Integer.MAX_VALUE / 3) {
            throw new UnusableInputException(name() + " holds images of " + height + "×" + width
                    + " pixels; expected at least 1 and at most " + Integer.MAX_VALUE / 3 + " pixels an image");
        }
    }

    /** {@return type and shape, for messages} */
    public String description() {
        return Printable.excerpt(type()) + " " + Arrays.toString(shape());
    }

    /** {@return the number of bytes of each value} */
    public int valueBytes() {
        return header.valueBytes();
    }

    /**
     * Copies {@code length} bytes, starting at byte {@code position} of the values.
     *
     * @param position counted from the first value, in bytes
     * @param target with room for {@code length} bytes from {@code offset} on
     * @param offset where the first byte goes
     * @param length in bytes
     */
    public void bytes(long position, byte[] target, int offset, int length) {
        try {
            FileBytes.fill(ByteBuffer.wrap(target, offset, length), channel, start() + position);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + name() + ": " + e.getMessage(), e);
        }
    }
}
