package org.lesionforge.torch.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.lesionforge.io.UnusableInputException;

/**
 * The bytes of pickles, counted, because numbers may follow the last of them, and bounded: the pickles of a state dict are names and shapes,
 * a few hundred bytes a tensor. Little-endian.
 */
final class PickleInput {
    /** What all pickles of a file may have: torch.save takes about 200 bytes a tensor. */
    static final int MOST_BYTES = 16 << 20;

    private static final int LONGEST_LINE = 1000;

    private final InputStream in;
    private long position;

    PickleInput(InputStream in) {
        this.in = in;
    }

    /** How many bytes have been read. */
    long position() {
        return position;
    }

    int unsignedByte() throws IOException {
        requireRoom(1);
        int value = in.read();
        if (value < 0) {
            throw new EOFException("the pickle ends at byte " + position);
        }
        position++;
        return value;
    }

    int unsignedShort() throws IOException {
        return buffer(Short.BYTES).getShort() & 0xFFFF;
    }

    int int32() throws IOException {
        return buffer(Integer.BYTES).getInt();
    }

    long unsignedInt() throws IOException {
        return int32() & 0xFFFF_FFFFL;
    }

    long int64() throws IOException {
        return buffer(Long.BYTES).getLong();
    }

    double bigEndianDouble() throws IOException {
        return buffer(Double.BYTES).order(ByteOrder.BIG_ENDIAN).getDouble();
    }

    byte[] bytes(long count) throws IOException {
        requireRoom(count);
        byte[] bytes = in.readNBytes((int) count);
        if (bytes.length < count) {
            throw new EOFException("the pickle ends at byte " + (position + bytes.length));
        }
        position += count;
        return bytes;
    }

    /** UTF-8. */
    String text(long count) throws IOException {
        byte[] bytes = bytes(count);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnusableInputException("before byte " + position + " its pickle has text that is not UTF-8", e);
        }
    }

    /** Up to the next line feed, which is left out. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
            line.append((char) next);
            if (line.length() > LONGEST_LINE) {
                throw new IOException("byte " + position + " is in a name of more than " + LONGEST_LINE + " bytes");
            }
        }
        return line.toString();
    }

    private void requireRoom(long count) {
        if (count > MOST_BYTES - position) {
            throw new UnusableInputException("at byte " + position + " its pickle announces " + count
                    + " bytes more; at most " + MOST_BYTES + " are read, a state dict needs few");
        }
    }

    private ByteBuffer buffer(int count) throws IOException {
        return ByteBuffer.wrap(bytes(count)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
