package org.lesionforge.quality;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.metric.FeatureExtractor.Activations;
import org.lesionforge.metric.Features;

/**
 * Features on disk, one file per key. A key is a text of everything that decides the features; its hash names the file, and the text
 * is in the file. An entry ends in its own checksum: a damaged one is reported and made again. A cache that cannot be written is
 * reported too, and costs time only.
 */
public final class FeatureCache {
    private static final String MAGIC = "lesionforge-features-1\n";
    private static final int CHECKSUM_BYTES = 32;

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
        try {
            byte[] entry = Files.readAllBytes(file);
            return Optional.of(decode(entry, key));
        } catch (IOException | RuntimeException e) {
            progress.message(
                    "the cached features " + file + " are damaged (" + e.getMessage() + "); computing them again");
            return Optional.empty();
        }
    }

    void put(String key, Activations activations) {
        try {
            byte[] entry = encode(key, activations);
            AtomicFile.write(file(key), out -> {
                out.write(entry);
                out.write(checksum(entry));
            });
        } catch (IOException e) {
            progress.message("features are not cached: " + e.getMessage());
        }
    }

    Path file(String key) {
        return folder.resolve(Sha256.of(key.getBytes(StandardCharsets.UTF_8)) + ".features");
    }

    private static byte[] encode(String key, Activations activations) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes(MAGIC);
        out.writeUTF(key);
        write(out, activations.features());
        out.writeBoolean(activations.logits().isPresent());
        if (activations.logits().isPresent()) {
            write(out, activations.logits().get());
        }
        return bytes.toByteArray();
    }

    private static Activations decode(byte[] entry, String key) throws IOException {
        int length = entry.length - CHECKSUM_BYTES;
        if (length < MAGIC.length()
                || !Arrays.equals(
                        checksum(Arrays.copyOf(entry, length)), Arrays.copyOfRange(entry, length, entry.length))) {
            throw new IOException("wrong checksum");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry, 0, length));
        String magic = new String(in.readNBytes(MAGIC.length()), StandardCharsets.US_ASCII);
        if (!magic.equals(MAGIC) || !in.readUTF().equals(key)) {
            throw new IOException("of another version or key");
        }
        Features features = read(in);
        return new Activations(features, in.readBoolean() ? Optional.of(read(in)) : Optional.empty());
    }

    private static void write(DataOutputStream out, Features features) throws IOException {
        out.writeInt(features.count());
        out.writeInt(features.dimensions());
        ByteBuffer values = ByteBuffer.allocate(Math.multiplyExact(4, features.values().length));
        values.asFloatBuffer().put(features.values());
        out.write(values.array());
    }

    private static Features read(DataInputStream in) throws IOException {
        int count = in.readInt();
        int dimensions = in.readInt();
        float[] values = new float[Math.multiplyExact(count, dimensions)];
        ByteBuffer.wrap(in.readNBytes(4 * values.length)).asFloatBuffer().get(values);
        return new Features(count, dimensions, values);
    }

    private static byte[] checksum(byte[] entry) {
        return HexFormat.of().parseHex(Sha256.of(entry));
    }
}
