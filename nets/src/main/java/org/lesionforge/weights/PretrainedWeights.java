package org.lesionforge.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Naming;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.Variant;
import org.lesionforge.backbone.WeightsIdentity;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.file.TensorFile;

/**
 * A file of a backbone's weights together with the conventions it was trained under. Immutable; opening reads all of it once, to see that it
 * is sound, and lets go of it; loading into a network reads it again.
 */
public final class PretrainedWeights {
    /** ImageNet's classes and the background. */
    private static final int WITH_BACKGROUND = 1001;

    private final Path file;
    private final TensorFile tensors;
    private final String sha256;
    private final Architecture architecture;
    private final Naming naming;
    private final WeightsIdentity identity;
    private final FeatureLayer deepest;
    private final int classes;

    private PretrainedWeights(
            Path file,
            TensorFile tensors,
            String sha256,
            Architecture architecture,
            Naming naming,
            WeightsIdentity identity,
            FeatureLayer deepest,
            int classes) {
        this.file = file;
        this.tensors = tensors;
        this.sha256 = sha256;
        this.architecture = architecture;
        this.naming = naming;
        this.identity = identity;
        this.deepest = deepest;
        this.classes = classes;
    }

    /**
     * Finds out what a safetensors file or a {@code .pth} state dict holds, under any of the names that an architecture's weights are published
     * with.
     *
     * @param file of any name
     * @param backbones that it may be of
     * @return its weights, none of them kept in memory
     * @throws MissingRequirementException when there is no such file
     * @throws UnusableInputException when it is damaged, is of no architecture known here, does not tell which, or holds NaN,
     *     infinities or other numbers that are no weights
     */
    public static PretrainedWeights open(Path file, BackboneZoo backbones) {
        if (!Files.exists(file)) {
            throw new MissingRequirementException("there is no weights file " + file + published(file)
                    + "; name a safetensors or .pth file with the published tensor names of " + backbones.titles()
                    + " (docs/guide/weights.md says how to get or make one), or leave the option out");
        }
        if (Files.isDirectory(file)) {
            throw new UnusableInputException(file + " is a folder; name the safetensors or .pth file in it");
        }
        NamedTensors named = NamedTensors.of(file, TensorFile.open(file), backbones);
        Architecture architecture = named.architecture();
        int outputs = new SoundTensors(file, named.tensors(), architecture).classes();
        boolean background = outputs == WITH_BACKGROUND;
        TensorFile tensors = background ? withoutBackground(named.tensors(), architecture) : named.tensors();
        int classes = background ? outputs - 1 : outputs;
        WeightsIdentity identity = architecture.recognition().of(file, tensors, outputs);
        new SoundTensors(file, tensors, architecture).require();
        try {
            String sha256 = Sha256.of(file);
            return new PretrainedWeights(
                    file,
                    tensors,
                    sha256,
                    architecture,
                    named.naming(),
                    published(architecture, sha256)
                            .map(known -> as(known, identity))
                            .orElse(identity),
                    named.deepest(),
                    classes);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** For a network's name in place of the name of its weights. */
    private static String published(Path file) {
        String names = KnownWeights.ALL.stream()
                .filter(known -> known.architecture().equals(file.toString()))
                .map(KnownWeights::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : ", and what is published of that network is called " + names;
    }

    private static Optional<KnownWeights> published(Architecture architecture, String sha256) {
        return KnownWeights.withChecksum(sha256)
                .filter(known -> known.architecture().equals(architecture.name()));
    }

    /** What is known of a published file needs not be guessed from its tensors. */
    private static WeightsIdentity as(KnownWeights known, WeightsIdentity recognised) {
        return new WeightsIdentity(known.network(), recognised.fid(), recognised.variant(), known.input());
    }

    /** {@return the published file that this is, by its checksum; empty where it is none that is known} */
    public Optional<KnownWeights> published() {
        return published(architecture, sha256);
    }

    /** The first of 1,001 outputs is none of ImageNet's classes: TensorFlow's networks count the background as one. */
    private static TensorFile withoutBackground(TensorFile tensors, Architecture architecture) {
        Set<String> rows = tensors.names().stream()
                .filter(architecture.names()::isLastLayer)
                .filter(name -> tensors.shape(name).length > 0 && tensors.shape(name)[0] == WITH_BACKGROUND)
                .collect(Collectors.toSet());
        return tensors.withoutFirstRow(
                rows,
                "its last layer has " + WITH_BACKGROUND + " outputs, as TensorFlow's networks have: the first, of the"
                        + " background, is left out");
    }

    /** {@return which network the tensors' names and shapes belong to} */
    public Architecture architecture() {
        return architecture;
    }

    /** {@return the file, as it was given} */
    public Path file() {
        return file;
    }

    /** {@return the short name of the network: {@code inception-2015-12-05}, {@code imagenet-approx}, {@code torchvision-1000}} */
    public String name() {
        return identity.network();
    }

    /** {@return whether these are the weights that FID is defined by, known by their values; any other distance is not called FID} */
    public boolean isFidNetwork() {
        return identity.fid();
    }

    /** {@return what a user should know of how the file was read: which entry of a checkpoint, without which prefix, what was taken for granted} */
    public List<String> notes() {
        return Stream.concat(tensors.notes().stream(), identity.note().stream()).toList();
    }

    /** {@return 64 hexadecimal digits, of the whole file} */
    public String sha256() {
        return sha256;
    }

    /** {@return what the weights were trained with} */
    public Variant variant() {
        return identity.variant();
    }

    /** {@return how byte values are presented to a network with these weights} */
    public Normalisation input() {
        return identity.input();
    }

    /** {@return the deepest place where features can be taken} */
    public FeatureLayer deepest() {
        return deepest;
    }

    /** {@return whether the file holds the whole network, up to its head} */
    public boolean isWhole() {
        return deepest.equals(architecture.deepest());
    }

    /** {@return every place where features can be taken, by depth} */
    public List<FeatureLayer> featureLayers() {
        return architecture.upTo(deepest);
    }

    /**
     * The place where vectors of this length are taken.
     *
     * @param dimensions numbers of a vector
     * @return the place
     * @throws UnusableInputException when the file does not reach so deep, or the network has none such
     */
    public FeatureLayer featureLayer(int dimensions) {
        FeatureLayer layer = architecture
                .featureLayer(dimensions)
                .orElseThrow(() -> new UnusableInputException(architecture.title() + " has features of "
                        + architecture.featureLayers().stream()
                                .map(FeatureLayer::dimensions)
                                .toList()
                        + " dimensions, not of " + dimensions));
        requireDepth(layer);
        return layer;
    }

    /** {@return how many outputs the last layer has; 0 where the file has none} */
    public int classes() {
        return classes;
    }

    /** {@return what the file can be used for, with the options that take it, a sentence each} */
    public List<String> uses() {
        return WeightsUses.of(this);
    }

    /**
     * The same weights in a network that computes otherwise than they were trained with: torchvision runs TensorFlow's weights so. The name
     * says it ({@code imagenet-approx+include_padding}), and FID's network is no longer FID's.
     *
     * @param other what the network computes with
     * @return weights of the same file; these where {@code other} is their own
     */
    public PretrainedWeights in(Variant other) {
        return other.equals(variant()) ? this : as(identity.in(other));
    }

    /**
     * The same weights as those of a padding that is asked for, where nothing in the file tells which they were trained with.
     *
     * @param padding one of {@link Architecture#paddings}
     * @return weights of the same file; these where they are of that padding
     * @throws IllegalArgumentException when the architecture has no such padding
     * @throws UnusableInputException when the file says that it is of another one
     */
    public PretrainedWeights padded(String padding) {
        Variant asked = architecture.ofPadding(padding);
        if (asked.equals(variant())) {
            return this;
        }
        if (identity.note().isEmpty()) {
            throw new UnusableInputException(file + " says that its weights are of --padding "
                    + variant().padding().orElseThrow() + ", --padding names " + padding + "; leave that out");
        }
        return as(identity.takenFor(asked));
    }

    private PretrainedWeights as(WeightsIdentity other) {
        return new PretrainedWeights(file, tensors, sha256, architecture, naming, other, deepest, classes);
    }

    /**
     * A classifier that these weights can be loaded into.
     *
     * @param outputs classes of its last layer
     * @param end behind which that is: the architecture's last feature layer, or its middle
     * @param auxiliary whether it has the auxiliary head too
     * @return its options
     */
    public BackboneOptions classifier(int outputs, FeatureLayer end, boolean auxiliary) {
        return new BackboneOptions(architecture, variant(), outputs, auxiliary, end);
    }

    /**
     * Copies the weights into {@code net}. The heads keep what they have where the file lacks them or has
     * another last layer; everything else that the net has must be in the file. Layers deeper than the net's last are passed over.
     *
     * @param net of this architecture and variant; stays on its device
     * @return names of the parameters and buffers that kept what they had
     * @throws IllegalArgumentException when the net is another than these weights expect
     * @throws UnusableInputException naming what is missing, unknown or of another shape; the net is then unchanged
     */
    public List<String> loadInto(Backbone net) {
        if (!net.options().architecture().equals(architecture)
                || !net.options().variant().equals(variant())) {
            throw new IllegalArgumentException("the weights " + name() + " expect " + architecture.title() + ", "
                    + variant().text() + "; this is "
                    + net.options().architecture().title() + ", "
                    + net.options().variant().text());
        }
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard()) {
            Map<String, Tensor> state = StateDict.of(net);
            Set<String> kept = new TensorNames(
                            file + " (" + name() + ", up to " + deepest.name() + ")",
                            tensors,
                            architecture.names(),
                            naming)
                    .kept(state);
            state.forEach((name, target) -> {
                if (!kept.contains(name)) {
                    try (Tensor value = tensors.tensor(name);
                            Tensor shaped = value.view_as(target)) {
                        target.copy_(shaped);
                    }
                }
            });
            return kept.stream().filter(name -> !TensorNames.isCounter(name)).toList();
        }
    }

    private void requireDepth(FeatureLayer layer) {
        boolean middle = isWhole() && layer.equals(architecture.middle());
        if (!middle && !featureLayers().contains(layer)) {
            throw new UnusableInputException("features of " + layer.dimensions() + " dimensions are taken behind "
                    + layer.name() + ", but " + file + " (" + name() + ") ends at " + deepest.name() + "; ask for "
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

    /**
     * A network with these weights that ends at {@code end}, with the head where that is the whole of it.
     *
     * @param end one of {@link #featureLayers}, or of a whole network its middle
     * @return the network on the CPU, to be closed
     * @throws UnusableInputException when the file does not reach so deep, or does not fit the network
     */
    public Backbone network(FeatureLayer end) {
        Backbone net = options(end).build();
        loadInto(net);
        return net;
    }

    /**
     * Options of the {@link #network} that ends at {@code end}.
     *
     * @param end one of {@link #featureLayers}, or of a whole network its middle
     * @return what {@link #network} builds
     * @throws UnusableInputException when the file does not reach so deep
     */
    public BackboneOptions options(FeatureLayer end) {
        requireDepth(end);
        return new BackboneOptions(
                architecture, variant(), end.equals(architecture.deepest()) ? classes : 0, false, end);
    }
}
