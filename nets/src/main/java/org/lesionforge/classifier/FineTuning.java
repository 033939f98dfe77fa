package org.lesionforge.classifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Dropout;
import org.lesionforge.torch.Arithmetic;
import org.lesionforge.torch.Compute;

/** Every layer of a backbone, on transformed pixels. */
final class FineTuning implements Learner {
    private final ClassifierOptions options;
    private final Backbone net;
    private final TrainingImages train;
    private final Optional<HeldOutPart> validation;
    private final Normalisation normalisation;
    private final Compute compute;
    private final Inference inference;

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
    public int positive() {
        return train.classes().indexOf(options.positive());
    }

    @Override
    public int microBatch() {
        return options.microBatch();
    }

    @Override
    public Tensor input(int[] images, int epoch) {
        Seed seed = new Seed(options.seed()).of("classifier transforms").at(epoch);
        int side = options.size();
        int length = 3 * side * side;
        byte[] pixels = new byte[Math.multiplyExact(images.length, length)];
        List<Seed> seeds = new ArrayList<>();
        for (int i = 0; i < images.length; i++) {
            train.read(images[i], side, pixels, i * length);
            // The image's own: what the batch's other images are makes no difference.
            seeds.add(seed.at(images[i]));
        }
        return options.transforms().apply(pixels, side, seeds, compute.device(), normalisation::normalise);
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
                inFloats(output.logits()), output.auxiliaryLogits().map(FineTuning::inFloats));
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
}
