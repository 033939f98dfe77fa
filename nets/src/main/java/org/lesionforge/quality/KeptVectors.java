package org.lesionforge.quality;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.Progress;

/** What one network makes of images, by the hash of their pixels: in blocks on disk or, where there are none, in memory. */
final class KeptVectors implements Closeable {
    private final Optional<Path> folder;
    private final int length;
    private final Progress progress;
    private final Map<String, KeptVector> known = new HashMap<>();
    private final Set<FeatureBlock> blocks = new LinkedHashSet<>();
    private boolean unwritable;

    private record Held(float[] values) implements KeptVector {
        @Override
        public void read(int first, int count, float[] target, int offset) {
            System.arraycopy(values, first, target, offset, count);
        }
    }

    private record Filed(FeatureBlock block, int index) implements KeptVector {
        @Override
        public void read(int first, int count, float[] target, int offset) {
            block.read(index, first, count, target, offset);
        }
    }

    /** @param length of each vector */
    KeptVectors(Optional<Path> folder, int length, Progress progress) {
        this.folder = folder;
        this.length = length;
        this.progress = progress;
        folder.filter(Files::isDirectory).ifPresent(this::index);
    }

    private void index(Path blocksOfNetwork) {
        AtomicFile.removeLeftovers(blocksOfNetwork);
        for (Path file :
                FileTree.children(blocksOfNetwork, each -> each.toString().endsWith(FeatureBlock.SUFFIX))) {
            try {
                add(FeatureBlock.open(file, length));
            } catch (IOException e) {
                damaged(file, e);
            }
        }
    }

    private void add(FeatureBlock block) {
        blocks.add(block);
        for (int i = 0; i < block.keys().size(); i++) {
            known.put(block.keys().get(i), new Filed(block, i));
        }
    }

    private void damaged(Path file, IOException e) {
        progress.message("the cached features " + file + " are damaged (" + e.getMessage() + "); computing them again");
    }

    /** Empty when it is not there, or damaged. */
    synchronized Optional<KeptVector> find(String key) {
        KeptVector vector = known.get(key);
        if (vector instanceof Filed filed && !isSound(filed.block())) {
            return Optional.empty();
        }
        return Optional.ofNullable(vector);
    }

    private boolean isSound(FeatureBlock block) {
        try {
            block.check();
            return true;
        } catch (IOException e) {
            damaged(block.file(), e);
            blocks.remove(block);
            known.values().removeIf(vector -> vector instanceof Filed filed && filed.block() == block);
            return false;
        }
    }

    /**
     * Keeps vectors: on disk, unless that fails.
     *
     * @param vectors one for each key, one after another
     */
    synchronized void add(List<String> keys, float[] vectors) {
        if (folder.isPresent()) {
            try {
                add(FeatureBlock.write(folder.get(), keys, vectors));
                return;
            } catch (IOException e) {
                if (!unwritable) {
                    progress.message(
                            "features cannot be kept on disk (" + e.getMessage() + "); holding them in memory");
                }
                unwritable = true;
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            known.put(keys.get(i), new Held(Arrays.copyOfRange(vectors, i * length, (i + 1) * length)));
        }
    }

    @Override
    public synchronized void close() {
        blocks.forEach(FeatureBlock::close);
        blocks.clear();
        known.clear();
    }
}
