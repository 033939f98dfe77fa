package org.lesionforge.experiment;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.lesionforge.audit.WeightsNetwork;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.Classifier;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierTrainer;
import org.lesionforge.classifier.FrozenFeatures;
import org.lesionforge.classifier.probe.ProbeOptions;
import org.lesionforge.io.Cancellation;
import org.lesionforge.io.Progress;
import org.lesionforge.metric.fidelity.FeatureExtractor;
import org.lesionforge.quality.Extractors;
import org.lesionforge.quality.FeatureCache;
import org.lesionforge.quality.FeatureReader;
import org.lesionforge.quality.MetricNetwork;
import org.lesionforge.run.Trial;
import org.lesionforge.torch.Compute;
import org.lesionforge.weights.PretrainedWeights;

/**
 * The pretrained networks of an experiment: what classifiers start from, and what images are measured with. Features are computed once: what
 * the audit, the arms and the measuring of a GAN read through the same network at the same size, they share.
 */
public final class PretrainedNetworks implements AutoCloseable {
    private final BackboneZoo backbones;
    private final List<TrainedNetwork> trained;
    private final Optional<MetricNetwork> measures;
    private final Optional<FeatureReader> metric;
    private final FeatureCache cache;
    private final Compute compute;
    private final ProgressRelay progress;
    /** By the name of a network and of a layer. */
    private final Map<List<String>, FrozenFeatures> frozen = new HashMap<>();

    /**
     * Of one classifier: loads the network that measures, if there is one.
     *
     * @param backbones that a classifier may be of; the first is trained where {@code start} names none
     * @param start what classifiers start from; empty for random weights
     * @param metric what synthetic images are measured with; empty for the classifier of the first approach
     * @param cache folder where features are kept from one run to the next; without it they are held in memory
     * @param compute where these networks are sent, and all that the experiment trains
     * @param progress receives every image that a network reads, until an experiment does
     */
    public PretrainedNetworks(
            BackboneZoo backbones,
            Optional<PretrainedWeights> start,
            Optional<MetricNetwork> metric,
            Optional<Path> cache,
            Compute compute,
            Progress progress) {
        this(
                backbones,
                List.of(new TrainedNetwork(
                        start.map(PretrainedWeights::architecture).orElseGet(backbones::first), start)),
                metric,
                cache,
                compute,
                progress);
    }

    /**
     * Loads the network that measures, if there is one.
     *
     * @param backbones that a stored classifier may be of
     * @param trained the classifiers that every arm is trained with, at least one, each of another architecture; the first also audits, and
     *     measures images where {@code metric} is empty
     * @param metric what synthetic images are measured with; empty for the classifier of the first approach
     * @param cache folder where features are kept from one run to the next; without it they are held in memory
     * @param compute where these networks are sent, and all that the experiment trains
     * @param progress receives every image that a network reads, until an experiment does
     */
    public PretrainedNetworks(
            BackboneZoo backbones,
            List<TrainedNetwork> trained,
            Optional<MetricNetwork> metric,
            Optional<Path> cache,
            Compute compute,
            Progress progress) {
        this.backbones = backbones;
        this.trained = List.copyOf(trained);
        if (trained.isEmpty()
                || trained.stream().map(TrainedNetwork::architecture).distinct().count() < trained.size()) {
            throw new IllegalArgumentException("an experiment has each classifier once, and at least one, got "
                    + trained.stream().map(each -> each.architecture().name()).toList());
        }
        measures = metric;
        this.compute = compute;
        this.progress = new ProgressRelay(progress);
        this.cache = cache.map(folder -> FeatureCache.in(folder, this.progress)).orElseGet(FeatureCache::inMemory);
        this.metric = metric.map(network -> Extractors.reader(
                network.weights(), network.layer(), network.resize(), Optional.of(this.cache), compute, this.progress));
        this.metric.ifPresent(FeatureReader::load);
    }

    /** Who is to receive every image that a network reads from now on. */
    void report(Progress listener) {
        progress.to(listener);
    }

    Compute compute() {
        return compute;
    }

    BackboneZoo backbones() {
        return backbones;
    }

    /** {@return the networks that every arm is trained with; the first also audits, and may measure} */
    public List<TrainedNetwork> trained() {
        return trained;
    }

    /** By the title of each architecture that is trained the name of its first weights, if any. */
    Map<String, Optional<String>> startsByTitle() {
        Map<String, Optional<String>> starts = new LinkedHashMap<>();
        trained.forEach(
                each -> starts.put(each.architecture().title(), each.weights().map(PretrainedWeights::name)));
        return starts;
    }

    private TrainedNetwork first() {
        return trained.get(0);
    }

    /** The same in the trials of an experiment. */
    List<Trial.Classifier> classifiers() {
        return trained.stream()
                .map(each -> each.classifier(trained.size() == 1))
                .toList();
    }

    /** The network of a trial. */
    TrainedNetwork of(Trial.Classifier classifier) {
        return trained.stream()
                .filter(each -> each.architecture().name().equals(classifier.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such classifier here: " + classifier.name()));
    }

    /** What the audit compares images with; empty without pretrained weights. */
    Optional<WeightsNetwork> auditing() {
        return first().weights().map(weights -> new WeightsNetwork(weights, cache, compute, progress));
    }

    /** Of the network that the audit compares images with. */
    Architecture auditingArchitecture() {
        return first().architecture();
    }

    /** Side at which the audit's network sees images, in pixels; there is one. */
    int auditingSide() {
        return auditingArchitecture().side();
    }

    /** What images are measured with; empty for the classifier of the first approach. */
    Optional<PretrainedWeights> metricWeights() {
        return measures.map(MetricNetwork::weights);
    }

    /** Of the network that measures images. */
    Architecture measuringArchitecture() {
        return measures.map(network -> network.weights().architecture()).orElseGet(first()::architecture);
    }

    /** Side at which a network measures images, in pixels. */
    int measuringSide(ClassifierOptions options) {
        return metric.map(FeatureReader::side).orElse(options.size());
    }

    /** Length of the vectors that images are measured by. */
    int measuringDimensions() {
        return metric.map(FeatureReader::dimensions).orElseGet(first().architecture()::featureCount);
    }

    /** Whether the classifier of the first approach measures images. */
    boolean measureWithOwnClassifier() {
        return metric.isEmpty();
    }

    /** Whether it has to be trained first: on frozen features all classifiers see the same in images. */
    boolean measureWithTrainedClassifier(ClassifierOptions options) {
        return metric.isEmpty() && !options.freeze();
    }

    /** Through what images are measured; empty where every split has a classifier of its own for it. */
    Optional<FeatureReader> measuringReader(ClassifierOptions options) {
        return metric.isEmpty() && options.freeze() ? Optional.of(whole(options).reader()) : metric;
    }

    /** What distances between image sets are called. */
    String extractorName() {
        return metric.map(FeatureReader::distanceName).orElse("fd[own-classifier, normalised]");
    }

    /** What trains a network's classifiers as the options say. */
    synchronized ClassifierTrainer trainer(TrainedNetwork network, ClassifierOptions options, Progress progress) {
        if (network.weights().isEmpty()) {
            return ClassifierTrainer.fromScratch(network.architecture(), options, compute, progress);
        }
        if (!options.freeze()) {
            return ClassifierTrainer.from(network.weights().get(), options, compute, progress);
        }
        return ClassifierTrainer.onFeatures(frozen(network, options), options, compute, progress);
    }

    /** What a network's classifiers are trained on where the options say {@code freeze}. */
    FrozenFeatures frozen(TrainedNetwork network, ClassifierOptions options) {
        return frozen(network, ProbeOptions.end(options.probe(), network.architecture()), options);
    }

    /**
     * What measures images where the options say {@code freeze}: the first network up to its last layer, wherever its classifiers begin. Features
     * from the middle tell the best of a small generator's images from real ones without exception, and rank nothing.
     */
    private FrozenFeatures whole(ClassifierOptions options) {
        return frozen(first(), first().architecture().deepest(), options);
    }

    private synchronized FrozenFeatures frozen(TrainedNetwork network, FeatureLayer layer, ClassifierOptions options) {
        return frozen.computeIfAbsent(
                List.of(network.architecture().name(), layer.name()),
                unused -> new FrozenFeatures(
                        network.weights().orElseThrow(), layer, options.size(), cache, compute, progress));
    }

    /** Something to measure images with, closed when done if it was made for this. */
    record Measuring(FeatureExtractor extractor, Optional<Classifier> own) implements AutoCloseable {
        @Override
        public void close() {
            own.ifPresent(Classifier::close);
        }
    }

    /** @param ownClassifier is asked only where it measures and is not like any other */
    Measuring measuring(ClassifierOptions options, Supplier<Classifier> ownClassifier) {
        if (metric.isPresent()) {
            return new Measuring(metric.get(), Optional.empty());
        }
        if (options.freeze()) {
            return new Measuring(whole(options).ownClassifier(), Optional.empty());
        }
        Classifier own = ownClassifier.get();
        return new Measuring(own.features(progress), Optional.of(own));
    }

    @Override
    public void close() {
        metric.ifPresent(FeatureReader::close);
        frozen.values().forEach(FrozenFeatures::close);
        cache.close();
    }

    /** Forwards everything to another progress, which can be exchanged, since networks are opened before their run. */
    private static final class ProgressRelay implements Progress {
        private volatile Progress next;

        ProgressRelay(Progress next) {
            this.next = next;
        }

        void to(Progress other) {
            next = other;
        }

        @Override
        public void advance(String task, long done, long total, String detail) {
            next.advance(task, done, total, detail);
        }

        @Override
        public void message(String text) {
            next.message(text);
        }

        @Override
        public void warn(String text) {
            next.warn(text);
        }

        @Override
        public void overall(Supplier<String> line) {
            next.overall(line);
        }

        @Override
        public Cancellation cancellation() {
            return next.cancellation();
        }
    }
}
