package org.lesionforge.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneExtractor;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Extraction;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.WeightsDeclaration;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.probe.ProbeOptions;
import org.lesionforge.data.ClassNames;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.image.Images;
import org.lesionforge.image.SquareImages;
import org.lesionforge.image.Symmetry;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.FeatureExtractor;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.quality.ResampledImages;
import org.lesionforge.quality.Resize;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.StateDict;
import org.lesionforge.torch.Tensors;
import org.lesionforge.torch.file.Safetensors;

/**
 * A trained network. As a folder: {@code model.safetensors} (every parameter and buffer, by the published names of its architecture) and {@code model.json} (the
 * {@link ModelCard}).
 *
 * <p>Not for use from several threads at once.
 */
public final class Classifier implements AutoCloseable {
    private static final String WEIGHTS_FILE = "model.safetensors";
    private static final String CARD_FILE = "model.json";

    private final Backbone net;
    private final ModelCard card;
    private final Normalisation input;
    private final Optional<FrozenFeatures> frozen;
    private final Compute compute;

    /**
     * @param net with its weights; belongs to this classifier from now on
     * @param card whose input is one of the net's architecture
     * @param frozen features that this net would see too, where nothing but its last layer was trained
     * @param compute where the net is sent
     */
    Classifier(Backbone net, ModelCard card, Optional<FrozenFeatures> frozen, Compute compute) {
        this.net = net;
        this.card = card;
        input = net.options().architecture().input(card.input());
        this.frozen = frozen;
        this.compute = compute;
        net.to(compute.device(), false);
        net.foldBatchNorm();
    }

    /**
     * Reads what a classifier is, and not its weights.
     *
     * @param folder with {@code model.json}
     * @return its card
     * @throws UnusableInputException when the folder holds no classifier, or its card is damaged
     */
    public static ModelCard card(Path folder) {
        if (!isIn(folder)) {
            throw new UnusableInputException(folder + " holds no trained classifier (no " + CARD_FILE
                    + "); train one with: lesionforge classify train DATASET --out " + folder);
        }
        return Json.read(folder.resolve(CARD_FILE), ModelCard.class, ModelCard.FORMAT_VERSION);
    }

    /**
     * {@return whether a folder holds a trained classifier, whole}
     *
     * @param folder that may not be there
     */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(CARD_FILE));
    }

    /**
     * Reads a folder that {@link #save} wrote.
     *
     * @param folder with {@code model.json} and {@code model.safetensors}
     * @param backbones that its network may be of
     * @param compute where the net is sent
     * @param progress receives a warning about files without checksums
     * @return the classifier; to be closed by the caller
     * @throws UnusableInputException when the folder holds no classifier, one of an architecture that is not among
     *     {@code backbones}, or weights that are not those of the card's SHA-256
     */
    public static Classifier open(Path folder, BackboneZoo backbones, Compute compute, Progress progress) {
        ModelCard card = card(folder);
        Path file = folder.resolve(CARD_FILE);
        Architecture architecture = backbones
                .named(card.architecture())
                .orElseThrow(() -> new UnusableInputException(
                        file + " describes a " + card.architecture() + ", this program reads " + backbones.names()
                                + "; use a program as new as the one that wrote it"));
        ClassNames.require(card.classes(), file);
        if (card.modelSha256() == null) {
            progress.warn(Checksums.UNKNOWN);
        } else {
            Checksums.require(
                    folder.resolve(WEIGHTS_FILE),
                    card.modelSha256(),
                    "bring it back as it was, or train again with: lesionforge classify train");
        }
        Safetensors tensors = Safetensors.open(folder.resolve(WEIGHTS_FILE));
        Backbone net = options(architecture, card, architecture.names().withAuxiliary(tensors.names()), file)
                .build();
        try (Scope scope = new Scope()) {
            StateDict.load(net, tensors.tensors());
        } catch (UnusableInputException e) {
            net.close();
            throw new UnusableInputException(
                    folder.resolve(WEIGHTS_FILE) + " does not hold the " + architecture.title() + " that " + file
                            + " describes: " + e.getMessage()
                            + "; bring both back as they were, or train again with: lesionforge classify train",
                    e);
        }
        return new Classifier(net, card, Optional.empty(), compute);
    }

    private static BackboneOptions options(Architecture architecture, ModelCard card, boolean auxiliary, Path file) {
        try {
            // Found out now rather than at the first image.
            architecture.requireSide(card.size());
            architecture.input(card.input());
            return new BackboneOptions(
                    architecture,
                    architecture.variant(card.pooling()),
                    card.classes().size(),
                    auxiliary,
                    ProbeOptions.end(card.options().probe(), architecture));
        } catch (IllegalArgumentException e) {
            throw new UnusableInputException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes {@code model.safetensors} and {@code model.json}, the card with the SHA-256 of the weights.
     *
     * @param folder is made where it is missing; files of these names in it are replaced
     * @throws IOException when a file cannot be written
     */
    public void save(Path folder) throws IOException {
        try (Scope scope = new Scope()) {
            Map<String, String> metadata = WeightsDeclaration.metadata(ModelCard.NETWORK, card.pooling(), card.input());
            String sha256 = Safetensors.write(folder.resolve(WEIGHTS_FILE), StateDict.of(net), metadata);
            Json.write(folder.resolve(CARD_FILE), card.withModel(sha256));
        }
    }

    /** The title of its architecture. */
    String network() {
        return net.options().architecture().title();
    }

    /** {@return what this classifier is and where it comes from} */
    public ModelCard card() {
        return card;
    }

    /**
     * Classifies the images of a part.
     *
     * @param images with the classifier's classes, in the same order
     * @param progress receives how many images are done, and can ask to stop; not used by a classifier on frozen
     *     features
     * @return a row of probabilities per image, with the images' own ids, groups and labels
     * @throws UnusableInputException when they have other classes, or are not there at this classifier's size
     */
    public Predictions predict(LabelledImages images, Progress progress) {
        if (!images.classes().equals(card.classes())) {
            throw new UnusableInputException(
                    "the classifier knows the classes " + card.classes() + ", the images have " + images.classes());
        }
        double[][] probabilities = frozen.isPresent()
                ? classify(frozen.get().mean(images, views()))
                : probabilities(images.at(card.size()), progress);
        return Predictions.of(images, probabilities);
    }

    /**
     * Classifies image files, made square as the training images were.
     *
     * @param files made with the classes of this classifier's card
     * @param progress receives how many files are done, and can ask to stop
     * @return predictions for those that are readable, and a list of those that are not
     */
    public FilePredictions predict(ImageFiles files, Progress progress) {
        return FilePredictions.of(this, files, progress);
    }

    /**
     * Classifies one image file.
     *
     * @param image a file of any format that the program reads, of any size
     * @return the probability of each class, in the order of the card's classes
     * @throws UnusableInputException when it is not a readable image
     */
    public double[] predict(Path image) {
        FilePredictions result = predict(ImageFiles.unlabelled(image, card.classes()), Progress.SILENT);
        if (!result.skipped().isEmpty()) {
            throw new UnusableInputException(
                    "cannot read " + image + ": " + result.skipped().get(0).reason());
        }
        return result.predictions().probabilities()[0];
    }

    /**
     * Classifies images of any origin.
     *
     * @param images of any sizes; those of another side than this classifier's are resampled by antialiased bicubic
     * @param progress receives how many images are done, and can ask to stop
     * @return for each image the probability of each class, in the order of the card's classes
     */
    public double[][] probabilities(Images images, Progress progress) {
        return probabilities(new ResampledImages(images, card.size()), progress);
    }

    /** @param images of this classifier's size */
    double[][] probabilities(SquareImages images, Progress progress) {
        if (views() > 1) {
            return ofViews(images, progress);
        }
        return inference(progress)
                .probabilities("classifying", images, card.classes().size(), card.options(), x -> net.forward(x)
                        .logits());
    }

    /** How many views of an image are predicted from; earlier versions had several to train on and looked at one. */
    private int views() {
        return card.options().probe() == null ? 1 : card.options().views();
    }

    /** From the mean of the views' logits, which is the logit of their mean features. */
    private double[][] ofViews(SquareImages images, Progress progress) {
        int classes = card.classes().size();
        float[] sum = new float[images.size() * classes];
        for (int view = 0; view < views(); view++) {
            float[] logits = inference(progress)
                    .run(
                            "classifying, view " + (view + 1) + " of " + views() + ", images",
                            new FrozenFeatures.Seen(images, Symmetry.of(view)),
                            classes,
                            x -> net.forward(x).logits());
            for (int k = 0; k < sum.length; k++) {
                sum[k] += logits[k] / views();
            }
        }
        return Scores.softmax(sum, classes);
    }

    private double[][] classify(Features features) {
        float[] values = FeatureArray.of(features).values();
        try (Scope scope = new Scope();
                NoGradGuard noGradient = new NoGradGuard();
                Arithmetic exact = compute.exact()) {
            Tensor pooled =
                    Tensors.of(values, features.count(), features.dimensions()).to(compute.device(), ScalarType.Float);
            return Scores.softmax(
                    Tensors.floats(net.classify(pooled)), card.classes().size());
        }
    }

    /**
     * What this classifier sees in images, for comparing sets of them: the features before its last layer. The distance is called {@code
     * fd[own-classifier, normalised]}: it is not FID, and comparable with nothing but itself. Images of another side are resampled by antialiased bicubic.
     *
     * @param progress receives how many images are done, and can ask to stop
     * @return vectors brought to length √d, where d is their dimension; it works until this classifier is closed
     */
    public FeatureExtractor features(Progress progress) {
        // Not closed: the net is this classifier's.
        BackboneExtractor extractor = new BackboneExtractor(
                net,
                new Extraction(
                        ModelCard.NETWORK,
                        net.options().deepest(),
                        false,
                        card.size(),
                        input,
                        Resize.PYTORCH_FID::apply),
                compute,
                progress);
        return new ClassifierFeatures(extractor::extract, extractor::extract, card.size());
    }

    /**
     * Where in some images this classifier finds what speaks for and against its positive class. The images go through the net at once, so let
     * them be few.
     *
     * @param images there at this classifier's size
     * @param chosen indices into {@code images}
     * @return a map for each, in their order
     * @throws UnusableInputException when the network is none whose last layer reads averages
     */
    public List<ActivationMap> evidence(LabelledImages images, int[] chosen) {
        if (!showsEvidence()) {
            throw new UnusableInputException(net.options().architecture().title()
                    + " has no class activation: its last layer reads fully connected layers, which see all of the"
                    + " image at once, no averages of places");
        }
        return new ClassActivation(net, card.size(), views(), inference(Progress.SILENT))
                .of(images, chosen, card.classes().indexOf(card.positive()));
    }

    /** {@return whether there is {@link #evidence}: where the last layer reads averages over places} */
    public boolean showsEvidence() {
        return net.options().deepest().averages();
    }

    private Inference inference(Progress progress) {
        return new Inference(input, compute, progress);
    }

    @Override
    public void close() {
        net.close();
    }
}
