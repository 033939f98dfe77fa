package org.lesionforge.data.prepare;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.lesionforge.image.PixelHash;
import org.lesionforge.io.NpyHeader;

/** Appends square RGB images to a {@code .npy} file, whose header gets their number when it is closed. */
public final class NpyWriter implements Closeable {
    private static final int HEADER_BYTES = 128;

    private final FileChannel channel;
    private final int side;
    private final List<String> hashes = new ArrayList<>();

    /**
     * Makes the file; the header stands in it when it is closed.
     *
     * @param file where nothing is yet
     * @param side of each image, in pixels
     * @throws IOException when the file exists or cannot be made
     */
    public NpyWriter(Path file, int side) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.side = side;
        channel.position(HEADER_BYTES);
    }

    /**
     * Writes one more image.
     *
     * @param pixels {@code side × side × 3} bytes, row by row, red first
     * @param sha256 the {@link PixelHash} of {@code pixels}
     * @throws IOException when the disk takes no more
     */
    public void append(byte[] pixels, String sha256) throws IOException {
        if (pixels.length != side * side * 3) {
            throw new IllegalArgumentException("expected " + side + " × " + side + " × 3 bytes, got " + pixels.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(pixels);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        hashes.add(sha256);
    }

    private ByteBuffer header() {
        return ByteBuffer.wrap(NpyHeader.bytesBefore(HEADER_BYTES, "|u1", hashes.size(), side, side, 3));
    }

    /** {@link PixelHash#ofAll} of the images so far. */
    String sha256() {
        return PixelHash.ofAll(hashes.stream());
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (channel.isOpen()) {
                channel.write(header(), 0);
            }
        }
    }
}
