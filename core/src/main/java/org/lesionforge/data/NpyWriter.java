package org.lesionforge.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.lesionforge.io.Sha256;

/**
 * Appends square RGB images to a {@code .npy} file, whose header says how many there are once it is closed. They are hashed as they pass; only
 * when there are fewer than expected, so that the header is another one, the file is read once more.
 */
final class NpyWriter implements Closeable {
    private static final int HEADER_BYTES = 128;

    private final Path file;
    private final FileChannel channel;
    private final int side;
    private final int expected;
    private final MessageDigest digest = Sha256.digest();
    private int count;

    /** @param expected how many images there will be, unless some turn out to be unreadable */
    NpyWriter(Path file, int side, int expected) throws IOException {
        this.file = file;
        this.expected = expected;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.side = side;
        channel.position(HEADER_BYTES);
        digest.update(header(expected));
    }

    void append(byte[] pixels) throws IOException {
        if (pixels.length != side * side * 3) {
            throw new IllegalArgumentException("expected " + side + " × " + side + " × 3 bytes, got " + pixels.length);
        }
        digest.update(pixels);
        ByteBuffer buffer = ByteBuffer.wrap(pixels);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        count++;
    }

    private ByteBuffer header(int images) {
        String text =
                "{'descr': '|u1', 'fortran_order': False, 'shape': (" + images + ", " + side + ", " + side + ", 3), }";
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        header.putShort((short) (HEADER_BYTES - 10));
        header.put(text.getBytes(StandardCharsets.US_ASCII));
        while (header.position() < HEADER_BYTES - 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').flip();
    }

    /** The SHA-256 of the file, once it is closed; to be asked for once. */
    String sha256() throws IOException {
        return count == expected ? Sha256.hex(digest) : Sha256.of(file);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (channel.isOpen()) {
                channel.write(header(count), 0);
            }
        }
    }
}
