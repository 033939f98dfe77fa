package org.lesionforge.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.BackboneExtractor;
import org.lesionforge.backbone.BackboneExtractor.Sink;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.image.Images;
import org.lesionforge.metric.fidelity.FeatureExtractor;

/**
 * Features of images through one network, each image sent through it once: what the cache has, whoever put it there, is read. The network is
 * loaded when it is first needed.
 *
 * <p>Made by {@code Extractors}. Safe to use from several threads: they take turns.
 */
public final class FeatureReader implements FeatureExtractor, AutoCloseable {
    /** Vectors that are kept together: an interruption costs a minute on a slow machine, and a file has 4 MB. */
    static final int BLOCK = 512;

    private static final int SAMPLE = 64;

    private final String network;
    private final BackboneOptions options;
    private final ExtractionRecipe recipe;
    private final Supplier<BackboneExtractor> loading;
    private final Optional<FeatureCache> cache;
    private @Nullable BackboneExtractor loaded;

    /**
     * Prepares to read; loads nothing yet.
     *
     * @param weightsSha256 of what the network has learned
     * @param options of the network
     * @param recipe what is taken from it, and how it sees images
     * @param loading makes the extractor of this recipe; belongs to this reader
     * @param cache empty where nothing is to be kept, not even in memory; stays open when the reader is closed
     */
    public FeatureReader(
            String weightsSha256,
            BackboneOptions options,
            ExtractionRecipe recipe,
            Supplier<BackboneExtractor> loading,
            Optional<FeatureCache> cache) {
        this.options = options;
        this.recipe = recipe;
        this.loading = loading;
        this.cache = cache;
        network = weightsSha256.substring(0, 16) + "-" + options.variant().name() + "-"
                + recipe.input().name() + "-" + place() + (logits() == 0 ? "" : "+" + logits())
                + "-" + recipe.side();
    }

    /** By the length of its vectors, as in earlier versions, or by its name where that is another's. */
    private String place() {
        return options.architecture().featureLayers().contains(recipe.layer())
                ? Integer.toString(dimensions())
                : recipe.layer().name();
    }

    @Override
    public String distanceName() {
        return recipe.distanceName();
    }

    @Override
    public Optional<String> logitsMissingReason() {
        return recipe.logitsMissingReason(options);
    }

    /** {@return the length of the vectors} */
    public int dimensions() {
        return recipe.layer().dimensions();
    }

    /** {@return the side at which the network sees images, in pixels} */
    public int side() {
        return recipe.side();
    }

    private int logits() {
        return recipe.logits(options);
    }

    /** Loads the network now, to find out early whether it can be. */
    public synchronized void load() {
        network();
    }

    private BackboneExtractor network() {
        if (loaded == null) {
            loaded = loading.get();
        }
        return loaded;
    }

    /**
     * Tells passes through a network apart: two readers that give the same name for images of one size see the same in them, so that what one
     * has read the other need not.
     *
     * @param width of the images, in pixels
     * @param height of the images, in pixels
     * @return the name
     */
    public String pass(int width, int height) {
        return width == recipe.side() && height == recipe.side()
                ? network
                : network + "-" + recipe.resize().label();
    }

    @Override
    public synchronized Activations extract(Images images) {
        if (cache.isEmpty()) {
            return extractOnce(images);
        }
        List<String> keys = keys(images, IntStream.range(0, images.size()));
        List<Integer> asTheyAre = new ArrayList<>();
        List<Integer> resized = new ArrayList<>();
        Set<String> unknown = new HashSet<>();
        for (int i = 0; i < images.size(); i++) {
            if (kept(images, i).find(keys.get(i)).isEmpty() && unknown.add(keys.get(i))) {
                (isResized(images, i) ? resized : asTheyAre).add(i);
            }
        }
        compute(images, asTheyAre, keys);
        compute(images, resized, keys);
        List<KeptVector> vectors = new ArrayList<>(images.size());
        for (int i = 0; i < images.size(); i++) {
            vectors.add(kept(images, i).find(keys.get(i)).orElseThrow());
        }
        return new Activations(
                new KeptFeatures(vectors, 0, dimensions()),
                logits() == 0 ? Optional.empty() : Optional.of(new KeptFeatures(vectors, dimensions(), logits())));
    }

    @Override
    public synchronized Activations extractOnce(Images images) {
        return network().extract(images);
    }

    /**
     * How much of a set is in the cache already, from a sample of {@value #SAMPLE}.
     *
     * @param images of any sizes
     * @return the share of them that need no pass any more, in [0, 1]
     */
    public synchronized double knownShare(Images images) {
        int sample = Math.min(SAMPLE, images.size());
        if (cache.isEmpty() || sample == 0) {
            return 0;
        }
        int[] chosen = IntStream.range(0, sample)
                .map(i -> (int) ((long) i * images.size() / sample))
                .toArray();
        List<String> keys = keys(images, IntStream.of(chosen));
        long found = IntStream.range(0, sample)
                .filter(i -> kept(images, chosen[i]).find(keys.get(i)).isPresent())
                .count();
        return (double) found / sample;
    }

    private static List<String> keys(Images images, IntStream chosen) {
        return chosen.parallel().mapToObj(images::sha256).toList();
    }

    private boolean isResized(Images images, int i) {
        return images.width(i) != recipe.side() || images.height(i) != recipe.side();
    }

    private KeptVectors kept(Images images, int i) {
        return cache.orElseThrow().of(pass(images.width(i), images.height(i)), dimensions() + logits());
    }

    private void compute(Images images, List<Integer> chosen, List<String> keys) {
        if (chosen.isEmpty()) {
            return;
        }
        Intake intake = new Intake(
                kept(images, chosen.get(0)), chosen.stream().map(keys::get).toList());
        try {
            network()
                    .extract(
                            new ChosenImages(
                                    images,
                                    chosen.stream().mapToInt(Integer::intValue).toArray()),
                            intake);
        } finally {
            // Also what was made before the work was cancelled, or an image could not be read.
            intake.keep();
        }
    }

    /** Takes vectors as they are made, and keeps {@value #BLOCK} at a time. */
    private final class Intake implements Sink<RuntimeException> {
        private final KeptVectors kept;
        private final List<String> keys;
        private final float[] waiting;
        private int first;
        private int count;

        /** @param keys of the images whose vectors come, in their order */
        Intake(KeptVectors kept, List<String> keys) {
            this.kept = kept;
            this.keys = keys;
            waiting = new float[Math.min(BLOCK, keys.size()) * length()];
        }

        private int length() {
            return dimensions() + logits();
        }

        @Override
        public void accept(float[] features, float[] logits) {
            for (int i = 0; i < features.length / dimensions(); i++) {
                int at = count * length();
                System.arraycopy(features, i * dimensions(), waiting, at, dimensions());
                System.arraycopy(logits, i * logits(), waiting, at + dimensions(), logits());
                count++;
                if (count * length() == waiting.length) {
                    keep();
                }
            }
        }

        /** Those that wait. */
        void keep() {
            if (count > 0) {
                kept.add(keys.subList(first, first + count), Arrays.copyOf(waiting, count * length()));
                first += count;
                count = 0;
            }
        }
    }

    /** Frees the network; the cache is its owner's to close. */
    @Override
    public synchronized void close() {
        if (loaded != null) {
            loaded.close();
            loaded = null;
        }
    }
}
