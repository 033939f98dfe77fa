package org.lesionforge.experiment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.EarlierProbe;
import org.lesionforge.classifier.probe.ProbeOptions;
import org.lesionforge.classifier.recipe.Optimisation;
import org.lesionforge.classifier.recipe.SoftLabels;
import org.lesionforge.classifier.recipe.SyntheticTraining;
import org.lesionforge.classifier.recipe.TrainingRecipe;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.added.Acquisition;
import org.lesionforge.experiment.arm.HeldOutReals;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.generator.zoo.dcgan.Remedies;
import org.lesionforge.io.HomePath;
import org.lesionforge.run.Budget;
import org.lesionforge.run.arm.ArmSource;

/** What an experiment does otherwise than "Augmenting Data with DCGANs to Improve Skin Lesions Classification", in sentences for the report. */
final class PaperDifferences {
    private static final String PAPER_CLASSIFIER = "Inception V3";

    private final List<String> differences = new ArrayList<>();

    private PaperDifferences() {}

    /**
     * @param classifiers by the title of their architecture the name of the weights that they start from, if any
     * @param extractor what distances between image sets are called
     */
    static List<String> of(
            ExperimentOptions options, Dataset dataset, Map<String, Optional<String>> classifiers, String extractor) {
        PaperDifferences found = new PaperDifferences();
        found.data(dataset);
        found.protocol(options.protocol(), options.classifier());
        found.balancing(options);
        found.arms(options);
        options.generators().values().forEach(found::generator);
        found.differ(
                classifiers.size() == 1 ? "classifier" : "classifiers",
                String.join(" and ", classifiers.keySet()),
                PAPER_CLASSIFIER);
        classifiers.forEach((title, weights) -> weights.ifPresent(name -> found.start(title, name)));
        found.classifier(options.classifier());
        found.synthetic(options.classifier().synthetic());
        found.differences.add(
                "Image quality is measured with " + extractor + "; the paper does not say which weights.");
        return List.copyOf(found.differences);
    }

    private void data(Dataset dataset) {
        differences.add(dataset.images().size() + " images of "
                + HomePath.shown(dataset.manifest().source()) + "; the paper has 16,194 of the ISIC Archive.");
        differences.add(
                "Only the training part is balanced and only training images reach the GAN; the paper adds 1,176 "
                        + "images, which fits 80 % of its imbalance, and does not say what its GAN saw.");
    }

    /** Whether the classifier is a last layer without epochs and steps. */
    private static boolean isFitted(ClassifierOptions options) {
        return options.freeze() && !EarlierProbe.isIn(options);
    }

    private void protocol(Protocol protocol, ClassifierOptions classifier) {
        if (protocol == Protocol.STRICT) {
            differences.add(
                    classifier.selection().needsValidation() && !isFitted(classifier)
                            ? "Snapshot and epoch are chosen on a validation part; the paper takes the last of both."
                            : "The snapshot is chosen on a validation part; the paper takes the last.");
        }
    }

    private void balancing(ExperimentOptions options) {
        if (options.additions().synthetic() != null
                && options.arms().stream().anyMatch(arm -> arm.needsGenerator() && arm.balances())) {
            differences.add(options.additions().synthetic()
                    + " synthetic images are added, as asked for; the paper adds as many as balance the classes.");
        }
        if (options.budget() == Budget.STEPS && options.arms().size() > 1 && !isFitted(options.classifier())) {
            differences.add(
                    "Every arm takes the same number of optimiser steps; in the paper the balanced arm goes through"
                            + " more images in the same number of epochs.");
        }
        options.arms().stream()
                .filter(ExternalImages::isExternal)
                .map(arm -> arm.source().name())
                .distinct()
                .forEach(
                        name -> differences.add(
                                "Images from " + name
                                        + ", another generator of which nothing is known, are added; the paper adds those of its GAN."));
        if (options.additions().maxSimilarity() < 1
                && options.arms().stream().anyMatch(arm -> arm.source().isGenerated())) {
            differences.add("Synthetic images that are near-copies of a training image are not used (similarity above "
                    + options.additions().maxSimilarity() + "); the paper takes all.");
        }
    }

    private void synthetic(SyntheticTraining options) {
        if (options.weight() != 1) {
            differences.add("A synthetic image weighs " + plain(options.weight())
                    + " times as much in the classifier's loss as another; in the paper both weigh the same.");
        }
        if (options.first()) {
            differences.add("Classifiers are trained on the synthetic images first and then on the others, with as many"
                    + " steps as on both together; the paper mixes them.");
        }
    }

    /** What the paper's arms are not. */
    private void arms(ExperimentOptions options) {
        if (options.additions().matchAcquisition()
                && options.arms().stream().anyMatch(arm -> arm.source().isGenerated())) {
            differences.add("Generated images go through the resizing and the JPEG of the photographs (quality "
                    + Acquisition.QUALITY + ", where these are JPEGs); the paper adds them as they were drawn.");
        }
        if (options.arms().stream().anyMatch(arm -> arm.source().kind() == ArmSource.Kind.BOTH)) {
            differences.add(
                    "A conditional generator draws images of every class, as many for each real one; the paper adds"
                            + " those of the scarce class alone.");
        }
        int heldOut = HeldOutReals.count(options.arms());
        if (heldOut > 0) {
            differences.add(heldOut + " training images are held out of all arms and generators, but for arms real:N;"
                    + " the paper trains on all.");
        }
    }

    private void generator(GeneratorSpec<?> spec) {
        if (!(spec.own() instanceof DcganOptions own)) {
            differences.add("Images of a " + spec.family().title() + " are added; the paper adds those of a "
                    + Dcgan.FAMILY.title() + ".");
            return;
        }
        GeneratorOptions options = spec.common();
        GeneratorOptions paper = Dcgan.PAPER.common();
        differ("the GAN's images", options.size() + "×" + options.size(), paper.size() + "×" + paper.size());
        differ("GAN epochs", options.epochs(), paper.epochs());
        differ("GAN batch size", options.batch(), paper.batch());
        dcgan(own, Dcgan.PAPER.own());
    }

    private void dcgan(DcganOptions options, DcganOptions paper) {
        differ("GAN width", options.width(), paper.width());
        differ("GAN kernel", options.kernel(), paper.kernel());
        differ("GAN learning rate", options.learningRate(), paper.learningRate());
        differ("GAN latent length", options.latent(), paper.latent());
        differ("Adam's beta 1 in the GAN", options.beta1(), paper.beta1());
        remedies(options.remedies(), paper.remedies());
    }

    private void remedies(Remedies options, Remedies paper) {
        differ("label smoothing", options.labelSmoothing(), paper.labelSmoothing());
        differ(
                "flips of the GAN's real images",
                options.flips().word(),
                paper.flips().word());
        differ("DiffAugment's translation", options.translation(), paper.translation());
        differ("DiffAugment's brightness", options.brightness(), paper.brightness());
        differ("R1 penalty", options.r1(), paper.r1());
        differ("half-life of the generator's average, in images", options.emaHalfLife(), paper.emaHalfLife());
        if (options.spectralNorm()) {
            differences.add("The discriminator has spectral norm instead of batch norm.");
        }
        if (options.minibatchStd()) {
            differences.add("The discriminator sees the standard deviation of its batch; the paper's does not.");
        }
    }

    private void start(String architecture, String name) {
        differences.add(architecture + " starts from the weights " + name
                + "; the paper does not say whether its network was pretrained.");
    }

    private void classifier(ClassifierOptions options) {
        ClassifierOptions paper = ClassifierOptions.paper();
        differ("classifier input", options.size() + "×" + options.size(), paper.size() + "×" + paper.size());
        if (isFitted(options)) {
            String views = options.views() == 1 ? "" : ", the mean over " + options.views() + " views of an image";
            differences.add("Only the classifier's last layer is fitted, by logistic regression on features of the "
                    + (ProbeOptions.MIDDLE.equals(options.probe()) ? "network's middle" : "whole network")
                    + views + ", until it has converged; the paper trains the whole network, for " + paper.epochs()
                    + " epochs.");
            return;
        }
        differ("classifier epochs", options.epochs(), paper.epochs());
        differ("classifier batch size", options.batch(), paper.batch());
        differ("classifier learning rate", options.learningRate(), paper.learningRate());
        training(options.training(), paper.training());
        if (options.freeze()) {
            differences.add(
                    "Only the classifier's last layer is trained, on features computed once; the paper trains the "
                            + "whole network.");
            return;
        }
        if (!options.flips()) {
            differences.add("Training images are not flipped; the paper flips them at random.");
        }
        if (options.rotation() == 0) {
            differences.add("Training images are not turned; the paper turns them at random.");
        }
        if (options.microBatch() < options.batch()) {
            differences.add("A batch of " + options.batch() + " is computed " + options.microBatch()
                    + " images at a time, so batch normalisation sees " + options.microBatch() + " images.");
        }
    }

    private void training(TrainingRecipe options, TrainingRecipe paper) {
        Optimisation steps = options.optimisation();
        Optimisation plain = paper.optimisation();
        differ(
                "classifier optimiser",
                steps.optimizer().word(),
                plain.optimizer().word());
        differ("classifier weight decay", steps.weightDecay(), plain.weightDecay());
        differ(
                "schedule of the classifier's learning rate",
                steps.schedule().word(),
                plain.schedule().word());
        differ("epochs of warm-up of the classifier", steps.warmup(), plain.warmup());
        differ("longest gradient of the classifier (0: any)", steps.clip(), plain.clip());
        differ("running average of the classifier's weights", steps.ema(), plain.ema());
        SoftLabels labels = options.softLabels();
        differ("label smoothing of the classifier", labels.labelSmoothing(), 0.0);
        if (labels.mixes()) {
            differences.add("MixUp (alpha " + plain(labels.mixup()) + ") and CutMix (alpha " + plain(labels.cutmix())
                    + ") on " + plain(labels.mixProbability()) + " of the classifier's batches; the paper mixes none.");
        }
        differ("smallest piece that is cut out of training images (0: the whole)", options.crop(), paper.crop());
        differ("shear of training images, in degrees", options.shear(), paper.shear());
        differ("range of the colours of training images", options.colour(), paper.colour());
        options.dropout()
                .ifPresent(rate -> differences.add("Dropout before the classifier's last layer: " + plain(rate)
                        + " instead of the network's own."));
        if (options.balanced()) {
            differences.add("Every class has as many images in an epoch; the paper takes each image once.");
        }
        if (options.tta() > 1) {
            differences.add("Predictions are the mean over " + options.tta()
                    + " copies of each image, altered as in training; the paper's are of the image alone.");
        }
    }

    private void differ(String what, Object ours, Object theirs) {
        if (!ours.equals(theirs)) {
            differences.add(what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1) + ": " + plain(ours)
                    + " instead of " + plain(theirs) + ".");
        }
    }

    /** 0.0004, not 4.0E-4. */
    private static String plain(Object value) {
        return value instanceof Double number ? new BigDecimal(number.toString()).toPlainString() : value.toString();
    }
}
