package org.lesionforge.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierRun;
import org.lesionforge.classifier.ClassifierTrainer;
import org.lesionforge.classifier.FrozenFeatures;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.inception.InceptionExtractor;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.fidelity.FeatureExtractor;
import org.lesionforge.weights.PretrainedWeights;

/**
 * The pretrained networks of an experiment: what classifiers start from, and what images are measured with. Features of a frozen network
 * are computed once and shared by the arms.
 */
public final class PretrainedNetworks implements AutoCloseable {
    private final Optional<PretrainedWeights> start;
    private final Optional<InceptionExtractor> extractor;
    private final Optional<Path> featureCache;
    private final Progress progress;
    private Optional<FrozenFeatures> frozen = Optional.empty();

    /**
     * @param start what classifiers start from; empty for random weights
     * @param extractor what synthetic images are measured with; empty for the classifier of the first approach
     * @param featureCache where features of a frozen network are kept from one run to the next
     * @param progress receives every image that a network reads
     */
    public PretrainedNetworks(
            Optional<PretrainedWeights> start,
            Optional<InceptionExtractor> extractor,
            Optional<Path> featureCache,
            Progress progress) {
        this.start = start;
        this.extractor = extractor;
        this.featureCache = featureCache;
        this.progress = progress;
    }

    /** Name and checksum of what classifiers start from. */
    public Optional<PretrainedWeights> start() {
        return start;
    }

    Optional<String> classifierName() {
        return start.map(PretrainedWeights::name);
    }

    /** The share of a part's images, at the classifier's size, whose features are there already: from a sample of them. */
    double knownFeatures(ExperimentOptions options, LabelledImages images) {
        trainer(options.classifier(), Progress.SILENT);
        return frozen.map(features -> features.knownShare(images)).orElse(0.0);
    }

    /** Side at which a network measures images, in pixels. */
    int measuringSide(ExperimentOptions options) {
        return extractor.isPresent()
                ? InceptionExtractor.SIDE
                : options.classifier().size();
    }

    /** Whether the classifier of the first approach measures images. */
    boolean measureWithOwnClassifier() {
        return extractor.isEmpty();
    }

    /** What distances between image sets are called. */
    String extractorName() {
        return extractor.map(InceptionExtractor::distanceName).orElse("fd[own-classifier, normalised]");
    }

    /**
     * Trains a classifier as the options say and writes it and its log to {@code folder}, except the last word that it is finished.
     *
     * @param keep whether its weights are written too
     * @param progress receives the progress of this training
     */
    Classifier trainClassifier(
            ClassifierOptions options,
            TrainingImages images,
            Optional<HeldOutPart> validation,
            Path folder,
            boolean keep,
            Progress progress)
            throws IOException {
        ClassifierRun log = ClassifierRun.create(folder, images, options, start);
        Classifier classifier = trainer(options, progress).train(images, validation, log::log);
        if (keep) {
            log.save(classifier);
        }
        return classifier;
    }

    synchronized ClassifierTrainer trainer(ClassifierOptions options, Progress progress) {
        if (start.isEmpty()) {
            return ClassifierTrainer.fromScratch(options, progress);
        }
        if (!options.freeze()) {
            return ClassifierTrainer.from(start.get(), options, progress);
        }
        if (frozen.isEmpty()) {
            frozen = Optional.of(new FrozenFeatures(start.get(), options.size(), featureCache, this.progress));
        }
        return ClassifierTrainer.onFeatures(frozen.get(), options, progress);
    }

    /** Something to measure images with, closed when done if it was made for this. */
    record Measuring(FeatureExtractor extractor, Optional<Classifier> own) implements AutoCloseable {
        @Override
        public void close() {
            own.ifPresent(Classifier::close);
        }
    }

    Measuring measuring(Supplier<Classifier> ownClassifier) {
        if (extractor.isPresent()) {
            return new Measuring(extractor.get(), Optional.empty());
        }
        Classifier own = ownClassifier.get();
        return new Measuring(own.features(progress), Optional.of(own));
    }

    @Override
    public void close() {
        extractor.ifPresent(InceptionExtractor::close);
        frozen.ifPresent(FrozenFeatures::close);
    }
}
