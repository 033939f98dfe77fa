package org.lesionforge.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The one hash of the project, as 64 lower-case hexadecimal digits: of splits, pixels, weights, generators. */
public final class Sha256 {
    private static final int CHUNK = 1 << 16;

    private Sha256() {}

    /**
     * {@return the hash of the concatenated {@code pieces}}
     *
     * @param pieces as one array would be hashed
     */
    public static String of(byte[]... pieces) {
        MessageDigest digest = digest();
        for (byte[] piece : pieces) {
            digest.update(piece);
        }
        return hex(digest);
    }

    /**
     * {@return the hash of the bytes of {@code array} from {@code start} (inclusive) to {@code end} (exclusive)}
     *
     * @param array not changed
     * @param start 0 or more
     * @param end at most the array's length
     */
    public static String of(byte[] array, int start, int end) {
        MessageDigest digest = digest();
        digest.update(array, start, end - start);
        return hex(digest);
    }

    /**
     * {@return the hash of a file's content, which need not fit into memory}
     *
     * @param file that is read to its end
     * @throws IOException when it cannot be read
     */
    public static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in, Long.MAX_VALUE);
        }
    }

    /**
     * {@return the hash of the next {@code most} bytes of a stream, or fewer at its end}
     *
     * @param in read no further; not closed
     * @param most bytes to read
     * @throws IOException when the stream cannot be read
     */
    public static String of(InputStream in, long most) throws IOException {
        MessageDigest digest = digest();
        byte[] chunk = new byte[CHUNK];
        long left = most;
        while (left > 0) {
            int read = in.read(chunk, 0, (int) Math.min(CHUNK, left));
            if (read < 0) {
                break;
            }
            digest.update(chunk, 0, read);
            left -= read;
        }
        return hex(digest);
    }

    /**
     * {@return the value of a digest, which is reset}
     *
     * @param digest that has taken all bytes
     */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** {@return a new digest, for hashing a stream while it is read or written} */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
