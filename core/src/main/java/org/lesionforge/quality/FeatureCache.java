package org.lesionforge.quality;

import java.io.BufferedInputStream;
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
import java.util.Arrays;
import java.util.Optional;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.metric.FeatureExtractor.Activations;
import org.lesionforge.metric.Features;

/**
 * Features on disk, one file per key. A key is a text of everything that decides the features; its hash names the file, and the text
 * is in the file. An entry ends in its own checksum: a damaged one is reported and made again. A cache that cannot be written is
 * reported too, and costs time only. Entries pass a vector at a time: beside the features no memory is needed for them.
 */
public final class FeatureCache {
    private static final String MAGIC = "lesionforge-features-1\n";
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final Progress progress;

    public FeatureCache(Path folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** Empty when there is no entry, or a damaged one. */
    Optional<Activations> find(String key) {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            return Optional.of(read(in, Files.size(file), key));
        } catch (IOException | RuntimeException e) {
            progress.message(
                    "the cached features " + file + " are damaged (" + e.getMessage() + "); computing them again");
            return Optional.empty();
        }
    }

    void put(String key, Activations activations) {
        try {
            AtomicFile.write(file(key), out -> write(out, key, activations));
        } catch (IOException e) {
            progress.message("features are not cached: " + e.getMessage());
        }
    }

    Path file(String key) {
        return folder.resolve(Sha256.of(key.getBytes(StandardCharsets.UTF_8)) + ".features");
    }

    private static void write(OutputStream file, String key, Activations activations) throws IOException {
        MessageDigest checksum = Sha256.digest();
        DataOutputStream out = new DataOutputStream(new DigestOutputStream(file, checksum));
        out.writeBytes(MAGIC);
        out.writeUTF(key);
        write(out, activations.features());
        out.writeBoolean(activations.logits().isPresent());
        if (activations.logits().isPresent()) {
            write(out, activations.logits().get());
        }
        file.write(checksum.digest());
    }

    private static void write(DataOutputStream out, Features features) throws IOException {
        int dimensions = features.dimensions();
        out.writeInt(features.count());
        out.writeInt(dimensions);
        ByteBuffer row = ByteBuffer.allocate(4 * dimensions);
        for (int i = 0; i < features.count(); i++) {
            row.asFloatBuffer().put(features.values(), i * dimensions, dimensions);
            out.write(row.array());
        }
    }

    /** @param size of the file, in bytes: a damaged entry may say that it is larger than memory */
    private static Activations read(InputStream file, long size, String key) throws IOException {
        MessageDigest checksum = Sha256.digest();
        DataInputStream in = new DataInputStream(new DigestInputStream(file, checksum));
        String magic = new String(in.readNBytes(MAGIC.length()), StandardCharsets.US_ASCII);
        if (!magic.equals(MAGIC) || !in.readUTF().equals(key)) {
            throw new IOException("of another version or key");
        }
        Features features = readFeatures(in, size);
        Optional<Features> logits = in.readBoolean() ? Optional.of(readFeatures(in, size)) : Optional.empty();
        byte[] expected = checksum.digest();
        if (!Arrays.equals(expected, file.readAllBytes())) {
            throw new IOException("wrong checksum");
        }
        return new Activations(features, logits);
    }

    private static Features readFeatures(DataInputStream in, long size) throws IOException {
        int count = in.readInt();
        int dimensions = in.readInt();
        if (count < 0 || dimensions < 1 || 4L * count * dimensions > size) {
            throw new IOException(
                    "it says that it holds " + count + " × " + dimensions + " values, in a file of " + size + " bytes");
        }
        float[] values = new float[Math.multiplyExact(count, dimensions)];
        ByteBuffer row = ByteBuffer.allocate(4 * dimensions);
        for (int i = 0; i < count; i++) {
            in.readFully(row.array());
            row.asFloatBuffer().get(values, i * dimensions, dimensions);
        }
        return new Features(count, dimensions, values);
    }
}
