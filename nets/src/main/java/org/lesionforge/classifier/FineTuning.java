package org.lesionforge.classifier;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.feed.ImageFeed;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Dropout;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;

/** Every layer of a backbone, on transformed pixels. */
final class FineTuning implements Learner, AutoCloseable {
    private final ClassifierOptions options;
    private final Backbone net;
    private final TrainingImages train;
    private final Optional<HeldOutPart> validation;
    private final Normalisation normalisation;
    private final Compute compute;
    private final Inference inference;
    private final ImageFeed feed;

    FineTuning(
            ClassifierOptions options,
            Backbone net,
            Normalisation normalisation,
            TrainingImages train,
            Optional<HeldOutPart> validation,
            Compute compute) {
        this.options = options;
        this.net = net;
        this.train = train;
        this.validation = validation;
        this.normalisation = normalisation;
        this.compute = compute;
        inference = new Inference(normalisation, compute, Progress.SILENT);
        feed = ImageFeed.repeated(train.at(options.size()), compute.device());
    }

    @Override
    public Backbone net() {
        return net;
    }

    @Override
    public int size() {
        return train.size();
    }

    @Override
    public int[] counts() {
        return train.counts();
    }

    @Override
    public int label(int i) {
        return train.label(i);
    }

    @Override
    public boolean isSynthetic(int i) {
        return train.isSynthetic(i);
    }

    @Override
    public int positive() {
        return train.classes().indexOf(options.positive());
    }

    @Override
    public int microBatch() {
        return options.microBatch();
    }

    @Override
    public Inputs inputs(List<int[]> groups, int epoch) {
        Seed seed = new Seed(options.seed()).of("classifier transforms").at(epoch);
        ImageFeed.Passage passage = feed.passage(groups.iterator());
        return new Inputs() {
            @Override
            public Tensor next() {
                return transformed(passage.next(), seed);
            }

            @Override
            public void close() {
                passage.close();
            }
        };
    }

    private Tensor transformed(ImageFeed.Group group, Seed seed) {
        // Each image's own: what the group's other images are makes no difference.
        List<Seed> seeds = Arrays.stream(group.images()).mapToObj(seed::at).toList();
        return options.transforms().apply(group.bytes(), seeds, normalisation::normalise);
    }

    @Override
    public Dropout dropout() {
        return net.dropout();
    }

    @Override
    public Arithmetic arithmetic() {
        return compute.training();
    }

    @Override
    public Backbone.Output forward(Tensor input) {
        return inFloats(net.forward(input));
    }

    /** For losses, which are float32 whatever layers are computed in. */
    static Backbone.Output inFloats(Backbone.Output output) {
        return new Backbone.Output(
                inFloats(output.logits()),
                output.auxiliaryLogits().stream().map(FineTuning::inFloats).toList());
    }

    private static Tensor inFloats(Tensor logits) {
        return logits.to(logits.device(), ScalarType.Float);
    }

    @Override
    public Optional<Scores> validate() {
        return validation.map(part -> new Scores(
                Predictions.labels(part),
                inference.probabilities(
                        "validating", part.at(options.size()), part.classes().size(), options, x -> net.forward(x)
                                .logits())));
    }

    /** Frees what it keeps of the images; the net belongs to the caller. */
    @Override
    public void close() {
        feed.close();
    }
}
