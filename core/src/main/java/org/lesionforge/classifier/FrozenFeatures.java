package org.lesionforge.classifier;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.image.SquareImages;
import org.lesionforge.image.Symmetry;
import org.lesionforge.inception.InceptionOptions;
import org.lesionforge.inception.InceptionV3;
import org.lesionforge.inception.Tap;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Torch;
import org.lesionforge.weights.PretrainedWeights;

/**
 * The 2048 features that a pretrained Inception V3 sees in images, each image looked at once: hand one to every classifier that is trained
 * on the same weights and size, and none computes again what another has.
 *
 * <p>Kept in memory, 8 kB an image, and on disk where a folder is given, under a hash of the pixels, so that equal ids in different data sets
 * do no harm. Safe to use from several threads: they take turns.
 */
public final class FrozenFeatures implements AutoCloseable {
    static final int DIMENSIONS = 2048;

    private static final int SAMPLE = 64;

    /** Images whose features are kept together: an interruption costs a minute, and a block is 4 MB. */
    private static final int BLOCK = 512;

    private final PretrainedWeights weights;
    private final int size;
    private final InceptionV3 net;
    private final Inference inference;
    private final Map<String, float[]> known = new HashMap<>();
    private final Optional<FeatureStore> store;

    /** Features that are kept in memory alone. */
    public FrozenFeatures(PretrainedWeights weights, int size, Progress progress) {
        this(weights, size, Optional.empty(), progress);
    }

    /**
     * @param size side of the images in pixels
     * @param cache where features are kept from one run to the next, for all networks and sizes
     * @param progress receives each image that is read
     * @throws UnusableInputException when the weights end before the network does
     */
    public FrozenFeatures(PretrainedWeights weights, int size, Optional<Path> cache, Progress progress) {
        requireWhole(weights);
        this.weights = weights;
        this.size = size;
        net = new InceptionV3(InceptionOptions.features(weights.pooling(), Tap.MIXED_7C));
        weights.loadInto(net);
        net.to(Torch.device(), false);
        net.foldBatchNorm();
        inference = new Inference(weights.input(), Torch.device(), progress);
        String network = weights.sha256().substring(0, 16) + "-" + weights.pooling() + "-" + size;
        store = cache.map(folder -> new FeatureStore(folder.resolve(network), DIMENSIONS, progress));
    }

    static void requireWhole(PretrainedWeights weights) {
        if (weights.deepest() != Tap.MIXED_7C) {
            throw new UnusableInputException("a classifier needs the whole network, " + weights.file() + " ("
                    + weights.name() + ") ends at " + weights.deepest().layer() + "; name another file with --weights");
        }
    }

    public PretrainedWeights weights() {
        return weights;
    }

    public int size() {
        return size;
    }

    /**
     * Features of each image, seen in one of the symmetries of a square. Rows may be shared: they are not to be changed.
     *
     * @return n × 2048
     */
    synchronized float[][] of(LabelledImages images, Symmetry view) {
        float[][] features = new float[images.size()][];
        String[] keys = new String[images.size()];
        SquareImages seen = new Seen(images.at(size), view);
        byte[] pixels = new byte[3 * size * size];
        List<Integer> unknown = new ArrayList<>();
        for (int i = 0; i < features.length; i++) {
            seen.read(i, pixels, 0);
            keys[i] = Sha256.of(pixels);
            features[i] = find(keys[i]);
            if (features[i] == null) {
                unknown.add(i);
            }
        }
        for (int first = 0; first < unknown.size(); first += BLOCK) {
            compute(seen, keys, unknown.subList(first, Math.min(first + BLOCK, unknown.size())), features);
        }
        return features;
    }

    /** The share of some images, seen upright, whose features are known: in [0, 1], from a sample of {@value #SAMPLE}. */
    public synchronized double knownShare(LabelledImages images) {
        SquareImages seen = images.at(size);
        byte[] pixels = new byte[3 * size * size];
        int sample = Math.min(SAMPLE, images.size());
        int found = 0;
        for (int i = 0; i < sample; i++) {
            seen.read((int) ((long) i * images.size() / sample), pixels, 0);
            found += find(Sha256.of(pixels)) == null ? 0 : 1;
        }
        return sample == 0 ? 0 : (double) found / sample;
    }

    private float[] find(String key) {
        float[] row = known.get(key);
        if (row == null && store.isPresent()) {
            row = store.get().find(key);
        }
        return row;
    }

    private void compute(SquareImages seen, String[] keys, List<Integer> unknown, float[][] features) {
        float[] computed = inference.run(
                "features of images",
                seen.selected(unknown.stream().mapToInt(i -> i).toArray()),
                DIMENSIONS,
                x -> net.features(x, Tap.MIXED_7C));
        for (int j = 0; j < unknown.size(); j++) {
            int i = unknown.get(j);
            features[i] = Arrays.copyOfRange(computed, j * DIMENSIONS, (j + 1) * DIMENSIONS);
            known.put(keys[i], features[i]);
        }
        store.ifPresent(disk -> disk.add(
                unknown.stream().map(i -> keys[i]).toList(),
                unknown.stream().map(i -> features[i]).toList()));
    }

    @Override
    public void close() {
        net.close();
        known.clear();
    }

    /** Images, each laid over in the same way. */
    private record Seen(SquareImages upright, Symmetry view) implements SquareImages {
        @Override
        public int size() {
            return upright.size();
        }

        @Override
        public int side() {
            return upright.side();
        }

        @Override
        public void read(int i, byte[] target, int offset) {
            view.apply(upright.image(i).pixels(), side(), target, offset);
        }
    }
}
