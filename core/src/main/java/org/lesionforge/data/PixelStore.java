package org.lesionforge.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesionforge.io.UnusableInputException;

/** A memory-mapped {@code .npy} file of square RGB images: uint8, N × side × side × 3, C order. Safe to read from several threads. */
final class PixelStore {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern SHAPE =
            Pattern.compile("'shape':\\s*\\(\\s*(\\d+),\\s*(\\d+),\\s*(\\d+),\\s*3\\s*,?\\s*\\)");

    private final int count;
    private final int side;
    private final int imageBytes;
    private final int imagesPerMapping;
    private final MappedByteBuffer[] mappings;

    private PixelStore(int count, int side, int imagesPerMapping, MappedByteBuffer[] mappings) {
        this.count = count;
        this.side = side;
        this.imageBytes = side * side * 3;
        this.imagesPerMapping = imagesPerMapping;
        this.mappings = mappings;
    }

    /** @throws UnusableInputException when the file is missing, cut short, or holds something else */
    static PixelStore open(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer start = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(start, 0);
            start.flip();
            byte[] magic = new byte[6];
            if (start.remaining() == 10) {
                start.get(magic);
            }
            if (!Arrays.equals(magic, MAGIC) || start.get() != 1) {
                throw new UnusableInputException(file + " is not a version 1 .npy file");
            }
            start.get();
            int headerLength = start.getShort() & 0xFFFF;
            ByteBuffer header = ByteBuffer.allocate(headerLength);
            channel.read(header, 10);
            String text = new String(header.array(), StandardCharsets.US_ASCII);
            Matcher shape = SHAPE.matcher(text);
            if (!shape.find() || !text.contains("'|u1'") || !text.contains("'fortran_order': False")) {
                throw new UnusableInputException(file + " does not hold uint8 images N×S×S×3: " + text.trim());
            }
            int count = Integer.parseInt(shape.group(1));
            int side = Integer.parseInt(shape.group(2));
            if (side != Integer.parseInt(shape.group(3))) {
                throw new UnusableInputException(file + " does not hold square images: " + text.trim());
            }
            return map(channel, file, 10L + headerLength, count, side);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read the pixel store " + file + ": " + e.getMessage(), e);
        }
    }

    private static PixelStore map(FileChannel channel, Path file, long start, int count, int side) throws IOException {
        long imageBytes = 3L * side * side;
        long expected = start + imageBytes * count;
        if (channel.size() != expected) {
            throw new UnusableInputException(file + " should have " + expected + " bytes for " + count + " images of "
                    + side + "×" + side + ", it has " + channel.size() + "; run prepare again");
        }
        int perMapping = (int) Math.max(1, (1L << 30) / imageBytes);
        MappedByteBuffer[] mappings = new MappedByteBuffer[(count + perMapping - 1) / perMapping];
        for (int m = 0; m < mappings.length; m++) {
            long first = (long) m * perMapping;
            long images = Math.min(perMapping, count - first);
            mappings[m] = channel.map(FileChannel.MapMode.READ_ONLY, start + first * imageBytes, images * imageBytes);
        }
        return new PixelStore(count, side, perMapping, mappings);
    }

    int count() {
        return count;
    }

    int side() {
        return side;
    }

    /** Copies image {@code row} to {@code target} from {@code offset}. */
    void read(int row, byte[] target, int offset) {
        if (row < 0 || row >= count) {
            throw new IndexOutOfBoundsException("image " + row + " of " + count);
        }
        mappings[row / imagesPerMapping].get((row % imagesPerMapping) * imageBytes, target, offset, imageBytes);
    }
}
