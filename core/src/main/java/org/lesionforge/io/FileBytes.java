package org.lesionforge.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads from a position in an open file until the buffer is full; a channel's own read may return fewer bytes. */
public final class FileBytes {
    private FileBytes() {}

    /**
     * Fills what remains of {@code target}. Safe to use from several threads at once.
     *
     * @param target filled up to its limit
     * @param channel whose own position stays
     * @param position of the first byte in the file
     * @throws EOFException when the file ends before
     * @throws IOException when the file cannot be read
     */
    public static void fill(ByteBuffer target, FileChannel channel, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int read = channel.read(target, at);
            if (read < 0) {
                throw new EOFException("it was cut short at byte " + at + " while it was being read");
            }
            at += read;
        }
    }
}
