package org.lesionforge.classifier;

import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.TrainingImages;
import org.lesionforge.image.Symmetry;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.nn.Dropout;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;

/** Every layer of a backbone, on transformed pixels. */
final class FineTuning implements Learner {
    private final ClassifierOptions options;
    private final Backbone net;
    private final TrainingImages train;
    private final Optional<HeldOutPart> validation;
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
        inference = new Inference(normalisation, compute.device(), Progress.SILENT);
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
    public int microBatch() {
        return options.microBatch();
    }

    @Override
    public Tensor input(int[] images, int epoch) {
        Seed seed = new Seed(options.seed()).of("classifier transforms").at(epoch);
        int side = options.size();
        byte[] upright = new byte[3 * side * side];
        byte[] pixels = new byte[Math.multiplyExact(images.length, upright.length)];
        double[] degrees = new double[images.length];
        for (int i = 0; i < images.length; i++) {
            // Drawn from the image's own seed: what the batch's other images are makes no difference.
            SplittableRandom random = seed.at(images[i]).random();
            Symmetry flips = options.flips() ? Symmetry.of(random.nextInt(4)) : Symmetry.IDENTITY;
            degrees[i] = options.rotation() * (2 * random.nextDouble() - 1);
            train.read(images[i], side, upright, 0);
            flips.apply(upright, side, pixels, i * upright.length);
        }
        try (Scope scope = new Scope()) {
            Tensor input = inference.input(pixels, images.length, side);
            return scope.keep(options.rotation() > 0 ? Rotation.apply(input, degrees) : input);
        }
    }

    @Override
    public Dropout dropout() {
        return net.dropout();
    }

    @Override
    public Backbone.Output forward(Tensor input) {
        return net.forward(input);
    }

    @Override
    public Optional<Scores> validate() {
        return validation.map(part -> {
            int classes = part.classes().size();
            float[] logits = inference.run("validating", part.at(options.size()), classes, x -> net.forward(x)
                    .logits());
            return new Scores(Predictions.labels(part), Scores.softmax(logits, classes));
        });
    }
}
