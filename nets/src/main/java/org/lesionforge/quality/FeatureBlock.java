package org.lesionforge.quality;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.FileBytes;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;

/**
 * A file of vectors: a mark, how many they are (n), how long (d), the keys of their images (n × 32 bytes), the vectors (n × d float32,
 * big-endian), and the SHA-256 of all that. It is never changed. Vectors stay in it and are read when they are asked for.
 */
final class FeatureBlock implements Closeable {
    static final String SUFFIX = ".block";

    private static final long MARK = 0x4C46_4645_4154_0001L;
    private static final int HEADER_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final Path file;
    private final List<String> keys;
    private final int length;
    private @Nullable FileChannel checked;

    private FeatureBlock(Path file, List<String> keys, int length) {
        this.file = file;
        this.keys = keys;
        this.length = length;
    }

    /**
     * Reads the keys.
     *
     * @throws IOException when it is no such file, or not as long as it says
     */
    static FeatureBlock open(Path file, int length) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readLong() != MARK) {
                throw new IOException("of another format");
            }
            int count = in.readInt();
            int values = in.readInt();
            if (count < 0 || values != length || Files.size(file) != bytes(count, length)) {
                throw new IOException("it says that it holds " + count + " × " + values + " values, in a file of "
                        + Files.size(file) + " bytes");
            }
            List<String> keys = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                keys.add(HexFormat.of().formatHex(in.readNBytes(HASH_BYTES)));
            }
            return new FeatureBlock(file, keys, length);
        }
    }

    /**
     * @param keys 64 hexadecimal digits each
     * @param vectors one for each key, one after another
     * @throws IOException when it cannot be written
     */
    static FeatureBlock write(Path folder, List<String> keys, float[] vectors) throws IOException {
        int length = vectors.length / keys.size();
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(bytes(keys.size(), length)));
        content.putLong(MARK).putInt(keys.size()).putInt(length);
        keys.forEach(key -> content.put(HexFormat.of().parseHex(key)));
        content.asFloatBuffer().put(vectors);
        int end = content.capacity() - HASH_BYTES;
        content.position(end).put(HexFormat.of().parseHex(Sha256.of(content.array(), 0, end)));
        Path file = folder.resolve(name(keys) + SUFFIX);
        AtomicFile.write(file, out -> {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < content.capacity()) {
                throw new IOException(content.capacity() + " bytes are needed, " + free + " are free");
            }
            out.write(content.array());
        });
        return new FeatureBlock(file, List.copyOf(keys), length);
    }

    private static String name(List<String> keys) {
        return Sha256.of(String.join("\n", keys).getBytes(StandardCharsets.US_ASCII));
    }

    private static long bytes(int count, int length) {
        return vectors(count) + (long) count * length * Float.BYTES + HASH_BYTES;
    }

    /** Where the vectors begin. */
    private static long vectors(int count) {
        return HEADER_BYTES + (long) count * HASH_BYTES;
    }

    Path file() {
        return file;
    }

    /** In the order of the vectors. */
    List<String> keys() {
        return keys;
    }

    /**
     * Reads all of the file once, before its first vector is.
     *
     * @return where the vectors are then read from
     * @throws IOException when its checksum is another
     */
    synchronized FileChannel check() throws IOException {
        if (checked != null) {
            return checked;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String sum = Sha256.of(in, Files.size(file) - HASH_BYTES);
            if (!sum.equals(HexFormat.of().formatHex(in.readAllBytes()))) {
                throw new IOException("wrong checksum");
            }
        }
        checked = FileChannel.open(file, StandardOpenOption.READ);
        return checked;
    }

    /**
     * Copies {@code count} values of a vector, from the {@code first} on.
     *
     * @throws UnusableInputException when the file cannot be read any more
     */
    void read(int vector, int first, int count, float[] target, int offset) {
        ByteBuffer values = ByteBuffer.allocate(Float.BYTES * count);
        try {
            FileBytes.fill(values, check(), vectors(keys.size()) + ((long) vector * length + first) * Float.BYTES);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read features from " + file + ": " + e.getMessage(), e);
        }
        values.flip().asFloatBuffer().get(target, offset, count);
    }

    @Override
    public synchronized void close() {
        try {
            if (checked != null) {
                checked.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + file, e);
        }
    }
}
