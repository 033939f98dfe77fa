package org.lesionforge.classifier;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;

/**
 * Feature vectors on disk, each under a hash of the image it belongs to: what one run has computed, the next one reads. A file holds one block
 * of them: magic, count, length, the hashes, the vectors (float32, big-endian), a checksum of all that. Blocks are never changed, so processes
 * may share a folder. A damaged block is reported and computed again; a folder that cannot be written costs time only.
 */
final class FeatureStore {
    private static final long MAGIC = 0x4C46_4645_4154_0001L;
    private static final int HASH_BYTES = 32;
    private static final String SUFFIX = ".block";

    private final Path folder;
    private final int dimensions;
    private final Progress progress;
    private final Map<String, Path> blockOf = new HashMap<>();
    private final Map<String, float[]> loaded = new HashMap<>();

    FeatureStore(Path folder, int dimensions, Progress progress) {
        this.folder = folder;
        this.dimensions = dimensions;
        this.progress = progress;
        if (Files.isDirectory(folder)) {
            AtomicFile.removeLeftovers(folder);
            FileTree.children(folder, file -> file.toString().endsWith(SUFFIX)).forEach(this::index);
        }
    }

    private void index(Path block) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(block)))) {
            int count = count(in);
            for (int i = 0; i < count; i++) {
                blockOf.put(HexFormat.of().formatHex(in.readNBytes(HASH_BYTES)), block);
            }
        } catch (IOException e) {
            damaged(block, e);
        }
    }

    private int count(DataInputStream in) throws IOException {
        if (in.readLong() != MAGIC) {
            throw new IOException("of another format");
        }
        int count = in.readInt();
        int length = in.readInt();
        if (count < 0 || length != dimensions) {
            throw new IOException(count + " vectors of " + length + " values");
        }
        return count;
    }

    /** @return null when it is not there; not to be changed */
    float[] find(String hash) {
        Path block = blockOf.get(hash);
        if (block != null && !loaded.containsKey(hash)) {
            load(block);
        }
        return loaded.get(hash);
    }

    private void load(Path block) {
        try {
            byte[] content = Files.readAllBytes(block);
            int length = content.length - HASH_BYTES;
            if (length < 0
                    || !Sha256.of(Arrays.copyOf(content, length))
                            .equals(HexFormat.of().formatHex(content, length, content.length))) {
                throw new IOException("wrong checksum");
            }
            ByteBuffer values = ByteBuffer.wrap(content, 0, length);
            values.getLong();
            int count = values.getInt();
            values.getInt();
            String[] hashes = new String[count];
            for (int i = 0; i < count; i++) {
                byte[] hash = new byte[HASH_BYTES];
                values.get(hash);
                hashes[i] = HexFormat.of().formatHex(hash);
            }
            for (String hash : hashes) {
                float[] row = new float[dimensions];
                for (int d = 0; d < dimensions; d++) {
                    row[d] = values.getFloat();
                }
                loaded.put(hash, row);
            }
        } catch (IOException e) {
            damaged(block, e);
        }
    }

    private void damaged(Path block, IOException e) {
        progress.message(
                "the cached features " + block + " are damaged (" + e.getMessage() + "); computing them again");
        blockOf.values().removeIf(block::equals);
    }

    /** Keeps the vectors of some images for the next reader of the folder. */
    void add(List<String> hashes, List<float[]> rows) {
        Path block = folder.resolve(Sha256.of(String.join("\n", hashes).getBytes(StandardCharsets.UTF_8)) + SUFFIX);
        try {
            byte[] content = encoded(hashes, rows);
            AtomicFile.write(block, out -> {
                DataOutputStream data = new DataOutputStream(out);
                data.write(content);
                data.write(HexFormat.of().parseHex(Sha256.of(content)));
            });
        } catch (IOException e) {
            progress.message("features are not kept for the next run: " + e.getMessage());
        }
    }

    private byte[] encoded(List<String> hashes, List<float[]> rows) {
        ByteBuffer content = ByteBuffer.allocate(
                Math.addExact(16, Math.multiplyExact(hashes.size(), HASH_BYTES + Float.BYTES * dimensions)));
        content.putLong(MAGIC).putInt(hashes.size()).putInt(dimensions);
        hashes.forEach(hash -> content.put(HexFormat.of().parseHex(hash)));
        for (float[] row : rows) {
            content.asFloatBuffer().put(row);
            content.position(content.position() + Float.BYTES * dimensions);
        }
        return content.array();
    }
}
