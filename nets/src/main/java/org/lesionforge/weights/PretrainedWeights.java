package org.lesionforge.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.inception.ExtractionRecipe;
import org.lesionforge.inception.FeatureCache;
import org.lesionforge.inception.FeatureReader;
import org.lesionforge.inception.InceptionExtractor;
import org.lesionforge.inception.InceptionOptions;
import org.lesionforge.inception.InceptionV3;
import org.lesionforge.inception.InputConvention;
import org.lesionforge.inception.Pooling;
import org.lesionforge.inception.Resize;
import org.lesionforge.inception.Tap;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.file.TensorFile;

/**
 * A file of Inception V3 weights together with the conventions it was trained under. Immutable; opening reads all of it once, to see that it
 * is sound, and lets go of it; loading into a network reads it again.
 */
public final class PretrainedWeights {
    /** The last kernel before each tap: its presence tells how far the file goes. */
    private static final Map<Tap, String> LAST_KERNELS = Map.of(
            Tap.POOL_1, "Conv2d_2b_3x3.conv.weight",
            Tap.POOL_2, "Conv2d_4a_3x3.conv.weight",
            Tap.MIXED_6E, "Mixed_6e.branch_pool.conv.weight",
            Tap.MIXED_7C, "Mixed_7c.branch_pool.conv.weight");

    private static final String FIRST_KERNEL = "Conv2d_1a_3x3.conv.weight";
    private static final String LAST_LAYER = "fc.weight";
    /** ImageNet's largest edition has 21,843. */
    private static final int MOST_CLASSES = 25_000;

    /** Ten times the largest kernel of the network. */
    private static final int MOST_ELEMENTS = 1 << 24;

    private final Path file;
    private final TensorFile tensors;
    private final String sha256;
    private final InceptionRecognition recognition;
    private final Tap deepest;
    private final int classes;

    private PretrainedWeights(
            Path file, TensorFile tensors, String sha256, InceptionRecognition recognition, Tap deepest, int classes) {
        this.file = file;
        this.tensors = tensors;
        this.sha256 = sha256;
        this.recognition = recognition;
        this.deepest = deepest;
        this.classes = classes;
    }

    /**
     * Finds out what a safetensors file or a {@code .pth} state dict with torchvision's names holds.
     *
     * @throws MissingRequirementException when there is no such file
     * @throws UnusableInputException when it is damaged, is not an Inception V3, does not tell which, or holds NaN or infinities
     */
    public static PretrainedWeights open(Path file) {
        if (!Files.exists(file)) {
            throw new MissingRequirementException("there is no weights file " + file
                    + "; name a safetensors or .pth file with the tensor names of torchvision's inception_v3"
                    + " (docs/guide/weights.md says how to get or make one), or leave the option out");
        }
        TensorFile tensors = withoutPrefix(TensorFile.open(file));
        Tap deepest = deepest(file, tensors);
        int classes = classes(file, tensors);
        InceptionRecognition recognition = InceptionRecognition.of(file, tensors, classes);
        requireFinite(file, tensors);
        try {
            return new PretrainedWeights(file, tensors, Sha256.of(file), recognition, deepest, classes);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** {@code DataParallel} puts {@code module.} before every name, a compiled or wrapped net others. */
    private static TensorFile withoutPrefix(TensorFile tensors) {
        List<String> prefixes = tensors.names().stream()
                .filter(name -> name.endsWith("." + FIRST_KERNEL))
                .map(name -> name.substring(0, name.length() - FIRST_KERNEL.length()))
                .toList();
        boolean shared =
                prefixes.size() == 1 && tensors.names().stream().allMatch(name -> name.startsWith(prefixes.get(0)));
        return shared ? tensors.withoutPrefix(prefixes.get(0)) : tensors;
    }

    private static int classes(Path file, TensorFile tensors) {
        if (!tensors.names().contains(LAST_LAYER)) {
            return 0;
        }
        long[] shape = tensors.shape(LAST_LAYER);
        if (shape.length != 2 || shape[0] < 1 || shape[0] > MOST_CLASSES || shape[1] != Tap.MIXED_7C.dimensions()) {
            throw new UnusableInputException(file + " is not a whole Inception V3: " + LAST_LAYER + " has shape "
                    + Arrays.toString(shape) + ", expected [classes, " + Tap.MIXED_7C.dimensions() + "] with at most "
                    + MOST_CLASSES + " classes");
        }
        return (int) shape[0];
    }

    /** Reads every tensor once, also those that will not be used: a file in which one is not finite is not to be trusted. */
    private static void requireFinite(Path file, TensorFile tensors) {
        for (String name : tensors.names()) {
            double elements =
                    Arrays.stream(tensors.shape(name)).asDoubleStream().reduce(1, (a, b) -> a * b);
            if (elements > (TensorNames.isLastLayer(name) ? MOST_CLASSES * Tap.MIXED_7C.dimensions() : MOST_ELEMENTS)) {
                throw new UnusableInputException(file + " is not an Inception V3 alone: its tensor '" + name
                        + "' of shape " + Arrays.toString(tensors.shape(name)) + " is larger than any of that network");
            }
            tensors.tensor(name).close();
        }
    }

    public Path file() {
        return file;
    }

    /** Short name of the network: {@code inception-2015-12-05}, {@code imagenet-approx}, {@code torchvision-1000}. */
    public String name() {
        return recognition.network();
    }

    /** Whether these are the weights that FID is defined by, known by their values; any other distance is not called FID. */
    public boolean isFidNetwork() {
        return recognition.fid();
    }

    /** What a user should know of how the file was read: which entry of a checkpoint, without which prefix, what was taken for granted. */
    public List<String> notes() {
        return Stream.concat(tensors.notes().stream(), recognition.note().stream())
                .toList();
    }

    /** 64 hexadecimal digits, of the whole file. */
    public String sha256() {
        return sha256;
    }

    public Pooling pooling() {
        return recognition.pooling();
    }

    /** How byte values are presented to a network with these weights. */
    public InputConvention input() {
        return recognition.input();
    }

    /** As {@link #input()}, but pytorch-fid presents values to FID's network in its own way. */
    public InputConvention input(Resize resize) {
        return recognition.fid() && resize == Resize.PYTORCH_FID ? InputConvention.SIGNED_UNIT : recognition.input();
    }

    /** The deepest place where features can be taken. */
    public Tap deepest() {
        return deepest;
    }

    /** Every place where features can be taken, in order of depth. */
    public List<Tap> taps() {
        return Arrays.stream(Tap.values())
                .filter(tap -> tap.compareTo(deepest) <= 0)
                .toList();
    }

    /** Outputs of the last layer; 0 where the file has none. */
    public int classes() {
        return classes;
    }

    /** What the file can be used for, with the options that take it, a sentence each. */
    public List<String> uses() {
        List<String> uses = new ArrayList<>();
        boolean whole = deepest == Tap.MIXED_7C;
        if (whole) {
            uses.add("classifiers start from it: classify train and experiment --weights, with --freeze too");
        }
        uses.add("images are measured with it: evaluate, gan train and experiment --metric-weights; distances are "
                + distances());
        if (whole && classes > 0) {
            uses.add("the Inception Score, from its " + classes + " classes: evaluate --metrics is");
        }
        uses.add("images of a data set that look alike: audit --weights");
        return uses;
    }

    private String distances() {
        if (!isFidNetwork()) {
            return "named after " + name() + ", they are no FID";
        }
        return deepest == Tap.MIXED_7C
                ? "FID and KID as published"
                : "FID and KID of " + deepest.dimensions() + " features, which are not those of the usual 2048";
    }

    /**
     * The same weights in a network that pools otherwise than they were trained with: torchvision runs TensorFlow's weights so. The name
     * says it ({@code imagenet-approx+include_padding}), and FID's network is no longer FID's.
     */
    public PretrainedWeights withPooling(Pooling other) {
        if (other == pooling()) {
            return this;
        }
        return new PretrainedWeights(file, tensors, sha256, recognition.withPooling(other), deepest, classes);
    }

    /** A classifier that these weights can be loaded into, so far as pooling goes. */
    public InceptionOptions classifier(int outputs, boolean auxiliary) {
        return new InceptionOptions(pooling(), outputs, auxiliary, Tap.MIXED_7C);
    }

    /**
     * Copies the weights into {@code net}. The heads ({@code fc}, {@code AuxLogits}) keep what they have where the file lacks them or has
     * another last layer; everything else that the net has must be in the file. Layers deeper than the net's last are passed over.
     *
     * @return names of the parameters and buffers that kept what they had
     * @throws IllegalArgumentException when the net pools otherwise than these weights expect
     * @throws UnusableInputException naming what is missing, unknown or of another shape; the net is then unchanged
     */
    public List<String> loadInto(InceptionV3 net) {
        if (net.options().pooling() != pooling()) {
            throw new IllegalArgumentException("the weights " + name() + " expect a network that pools so: "
                    + pooling().text() + "; this one: "
                    + net.options().pooling().text());
        }
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Map<String, Tensor> state = StateDict.of(net);
            Set<String> kept =
                    TensorNames.kept(file + " (" + name() + ", up to " + deepest.layer() + ")", tensors, state);
            state.forEach((name, target) -> {
                if (!kept.contains(name)) {
                    try (Tensor value = tensors.tensor(name)) {
                        target.copy_(value);
                    }
                }
            });
            return kept.stream().filter(name -> !TensorNames.isCounter(name)).toList();
        }
    }

    /**
     * An extractor of features behind {@code tap}, with the network, pooling and input that belong to these weights.
     *
     * @param compute where the network is sent
     * @throws UnusableInputException when the file does not reach so deep
     */
    public InceptionExtractor extractor(Tap tap, Resize resize, Compute compute, Progress progress) {
        requireDepth(tap);
        return extractor(recipe(tap, resize), compute, progress);
    }

    /**
     * As {@link #extractor}, of images that are sent through the network once.
     *
     * @param cache empty where nothing is to be kept
     * @param compute where the network is sent; asked for when it is first needed, which it is not where the cache has everything
     */
    public FeatureReader reader(
            Tap tap, Resize resize, Optional<FeatureCache> cache, Supplier<Compute> compute, Progress progress) {
        requireDepth(tap);
        return reader(recipe(tap, resize), cache, compute, progress);
    }

    /**
     * The deepest features of images of {@code side} × {@code side} pixels, which the network sees as they are.
     *
     * @throws UnusableInputException when the file ends before the network does
     */
    public FeatureReader reader(int side, FeatureCache cache, Compute compute, Progress progress) {
        requireDepth(Tap.MIXED_7C);
        return reader(
                new ExtractionRecipe(name(), isFidNetwork(), Tap.MIXED_7C, Resize.PYTORCH_FID, input(), side),
                Optional.of(cache),
                () -> compute,
                progress);
    }

    private FeatureReader reader(
            ExtractionRecipe recipe, Optional<FeatureCache> cache, Supplier<Compute> compute, Progress progress) {
        return new FeatureReader(
                sha256, options(recipe.tap()), recipe, () -> extractor(recipe, compute.get(), progress), cache);
    }

    private InceptionExtractor extractor(ExtractionRecipe recipe, Compute compute, Progress progress) {
        return new InceptionExtractor(network(recipe.tap()), recipe, compute, progress);
    }

    private ExtractionRecipe recipe(Tap tap, Resize resize) {
        return new ExtractionRecipe(name(), isFidNetwork(), tap, resize, input(resize), InceptionExtractor.SIDE);
    }

    private void requireDepth(Tap tap) {
        if (tap.compareTo(deepest) > 0) {
            throw new UnusableInputException("features of " + tap.dimensions() + " dimensions are taken behind "
                    + tap.layer() + ", but " + file + " (" + name() + ") ends at " + deepest.layer() + "; ask for "
                    + deepest.dimensions() + " or less, or name a file with the whole network");
        }
    }

    /**
     * Loads everything once, and lets it go.
     *
     * @throws UnusableInputException naming what is missing, unknown or of another shape
     */
    public void verify() {
        network(deepest).close();
    }

    private InceptionV3 network(Tap end) {
        InceptionV3 net = new InceptionV3(options(end));
        loadInto(net);
        return net;
    }

    private InceptionOptions options(Tap end) {
        return new InceptionOptions(pooling(), end == Tap.MIXED_7C ? classes : 0, false, end);
    }

    private static Tap deepest(Path file, TensorFile tensors) {
        return Arrays.stream(Tap.values())
                .filter(tap -> tensors.names().contains(LAST_KERNELS.get(tap)))
                .reduce((shallower, deeper) -> deeper)
                .orElseThrow(() -> new UnusableInputException(file
                        + " does not hold an Inception V3 under torchvision's names (no "
                        + LAST_KERNELS.get(Tap.POOL_1) + "); it holds " + TensorNames.some(tensors.names())));
    }
}
