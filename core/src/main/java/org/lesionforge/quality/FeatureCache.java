package org.lesionforge.quality;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lesionforge.inception.InceptionExtractor.Sink;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.metric.fidelity.FeatureExtractor.Activations;
import org.lesionforge.quality.FileFeatures.Layout;
import org.lesionforge.quality.FileFeatures.Numbers;

/**
 * Features on disk, one file per key. A key is a text of everything that decides the features; its hash names the file, and the text
 * is in the file. An entry ends in its own checksum: a damaged one is reported and made again.
 *
 * <p>Vectors go to the file as they are made and are read from it when they are looked at, so that memory does not depend on how many there
 * are. What the cache gave out can be read until it is closed.
 */
public final class FeatureCache implements Closeable {
    private static final String MAGIC = "lesionforge-features-2\n";
    private static final int CHECKSUM_BYTES = 32;
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final Progress progress;
    private final List<FileFeatures> open = new ArrayList<>();

    public FeatureCache(Path folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
        if (Files.isDirectory(folder)) {
            AtomicFile.removeLeftovers(folder);
        }
    }

    /**
     * What an entry holds: the features and the logits of each image, side by side.
     *
     * @param logits outputs for the Inception Score; 0 where there are none
     */
    record Shape(int count, int dimensions, int logits) {
        long imageBytes() {
            return 4L * dimensions + 4L * logits;
        }

        long bytes() {
            return count * imageBytes();
        }
    }

    /** What makes the vectors of an entry, in order. */
    @FunctionalInterface
    interface Extraction {
        void writeTo(Sink<IOException> sink) throws IOException;
    }

    /** Empty when there is no entry, or a damaged one. */
    Optional<Activations> find(String key) {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(opened(file, checked(file, key)));
        } catch (IOException | RuntimeException e) {
            progress.message(
                    "the cached features " + file + " are damaged (" + e.getMessage() + "); computing them again");
            return Optional.empty();
        }
    }

    /**
     * Keeps what {@code extraction} makes.
     *
     * @throws IOException when it cannot be written; before anything is computed, where the disk is too full for it
     */
    Activations keep(String key, Shape shape, Extraction extraction) throws IOException {
        Path file = file(key);
        AtomicFile.write(file, out -> write(out, key, shape, extraction));
        return opened(file, shape);
    }

    Path file(String key) {
        return folder.resolve(Sha256.of(key.getBytes(StandardCharsets.UTF_8)) + ".features");
    }

    private void write(OutputStream file, String key, Shape shape, Extraction extraction) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < shape.bytes()) {
            throw new IOException(shape.bytes() / 1_000_000 + " MB are needed, " + free / 1_000_000 + " MB are free");
        }
        MessageDigest checksum = Sha256.digest();
        DataOutputStream out = new DataOutputStream(new DigestOutputStream(file, checksum));
        out.writeBytes(MAGIC);
        out.writeUTF(key);
        out.writeInt(shape.count);
        out.writeInt(shape.dimensions);
        out.writeInt(shape.logits);
        ByteBuffer image = ByteBuffer.allocate(Math.toIntExact(shape.imageBytes()));
        int[] written = {0};
        extraction.writeTo((features, logits) -> {
            for (int i = 0; i < features.length / shape.dimensions; i++) {
                image.asFloatBuffer()
                        .put(features, i * shape.dimensions, shape.dimensions)
                        .put(logits, i * shape.logits, shape.logits);
                out.write(image.array());
                written[0]++;
            }
        });
        if (written[0] != shape.count) {
            throw new IllegalStateException("expected the vectors of " + shape.count + " images, got " + written[0]);
        }
        file.write(checksum.digest());
    }

    /** The shape of an entry that is whole. */
    private static Shape checked(Path path, String key) throws IOException {
        MessageDigest checksum = Sha256.digest();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
            DataInputStream in = new DataInputStream(new DigestInputStream(file, checksum));
            String magic = new String(in.readNBytes(MAGIC.length()), StandardCharsets.US_ASCII);
            if (!magic.equals(MAGIC) || !in.readUTF().equals(key)) {
                throw new IOException("of another version or key");
            }
            Shape shape = new Shape(in.readInt(), in.readInt(), in.readInt());
            if (shape.count < 0 || shape.dimensions < 1 || shape.logits < 0 || shape.bytes() > Files.size(path)) {
                throw new IOException("it says that it holds " + shape.count + " × " + shape.dimensions + " and "
                        + shape.logits + " values, in a file of " + Files.size(path) + " bytes");
            }
            // Read, not skipped: a DigestInputStream does not see what is skipped.
            byte[] buffer = new byte[BUFFER];
            for (long left = shape.bytes(); left > 0; left -= BUFFER) {
                in.readFully(buffer, 0, (int) Math.min(left, BUFFER));
            }
            byte[] expected = checksum.digest();
            if (!Arrays.equals(expected, file.readAllBytes())) {
                throw new IOException("wrong checksum");
            }
            return shape;
        }
    }

    private Activations opened(Path file, Shape shape) throws IOException {
        long start = Files.size(file) - CHECKSUM_BYTES - shape.bytes();
        return new Activations(
                opened(file, start, shape, shape.dimensions),
                shape.logits == 0
                        ? Optional.empty()
                        : Optional.of(opened(file, start + 4L * shape.dimensions, shape, shape.logits)));
    }

    private FileFeatures opened(Path file, long start, Shape shape, int length) throws IOException {
        FileFeatures features = FileFeatures.open(
                file, new Layout(start, shape.imageBytes(), shape.count, length, Numbers.FLOAT_BIG_ENDIAN));
        open.add(features);
        return features;
    }

    @Override
    public void close() {
        open.forEach(FileFeatures::close);
        open.clear();
    }
}
