package org.lesionforge.cli.bench;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneExtractor;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Extraction;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierSpeed;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.image.SquareImages;
import org.lesionforge.io.Progress;
import org.lesionforge.io.json.Json;
import org.lesionforge.quality.Resize;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.MatrixSpeed;
import org.lesionforge.torch.Precision;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a classifier's network is timed at, on noise, and the options that it has. */
final class NetworkWork {
    static final String ROOFLINE =
            "Also measure a product of large matrices, and say what share of its speed the net reaches.";

    /** Back to the images of each layer, and back to its weights, cost as much as forward. */
    private static final double PASSES_OF_TRAINING = 3;

    enum Kind {
        FEATURES,
        TRAIN
    }

    /**
     * A network that is timed.
     *
     * @param word for it in the line that is printed
     * @param features the network without a head, as features are taken from it
     * @param side of the images in pixels
     */
    record Subject(String word, BackboneOptions features, int side) {
        Architecture architecture() {
            return features.architecture();
        }

        /** A multiplication and an addition each, through the layers that images pass on their way to features. */
        double gigaflopForward() {
            Backbone net = features.build();
            try {
                return 2 * net.summary(side).multiplyAdds() / 1e9;
            } finally {
                net.close();
            }
        }
    }

    @Mixin
    BenchSteps steps;

    @Mixin
    ComputeOptions computing;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "32", description = "Images per step.")
    int batch;

    @Option(names = "--roofline", description = ROOFLINE)
    boolean roofline;

    /** Does the work and prints its line. */
    void run(Kind kind, Subject subject, CommonOptions common) throws IOException {
        common.checkUsage(() -> {
            steps.check();
            subject.architecture().requireSide(subject.side());
            if (batch < 1) {
                throw new IllegalArgumentException("--batch must be at least 1, got " + batch);
            }
            if (kind == Kind.TRAIN) {
                training(subject.side());
            }
        });
        computing.apply();
        Compute compute = computing.compute();
        Map<String, Object> line = steps.line(
                subject.word() + " " + kind.name().toLowerCase(Locale.ROOT),
                subject.side(),
                batch,
                compute,
                kind == Kind.FEATURES ? Precision.FLOAT32 : compute.precision());
        Speed speed = kind == Kind.FEATURES
                ? features(subject, compute)
                : training(subject.architecture(), training(subject.side()), compute);
        speed.addTo(line);
        if (roofline) {
            double passes = kind == Kind.FEATURES ? 1 : PASSES_OF_TRAINING;
            speed.addRoofline(line, passes * subject.gigaflopForward(), MatrixSpeed.gigaflops(compute));
        }
        common.print(Json.line(line));
    }

    /** The paper's, but all of a batch in the network at once, as in the scripts. */
    private ClassifierOptions training(int side) {
        return ClassifierOptions.paper()
                .with()
                .size(side)
                .batch(batch)
                .microBatch(batch)
                .build();
    }

    private Speed features(Subject subject, Compute compute) throws IOException {
        Extraction extraction = new Extraction(
                "random",
                subject.features().deepest(),
                false,
                subject.side(),
                subject.architecture().input(),
                Resize.PYTORCH_FID::apply);
        try (BackboneExtractor extractor =
                new BackboneExtractor(subject.features().build(), extraction, compute, Progress.SILENT)) {
            Noise images = Noise.of(batch, subject.side());
            return steps.measure(() -> {
                extractor.extract(images);
                return batch;
            });
        }
    }

    private Speed training(Architecture architecture, ClassifierOptions options, Compute compute) throws IOException {
        try (ClassifierSpeed speed = new ClassifierSpeed(architecture, options, compute)) {
            return steps.measure(speed::step);
        }
    }

    /** The same noise again and again, so that no time goes into making it. */
    private record Noise(int size, int side, byte[] image) implements SquareImages {
        static Noise of(int size, int side) {
            byte[] image = new byte[3 * side * side];
            new SplittableRandom(0).nextBytes(image);
            return new Noise(size, side, image);
        }

        @Override
        public void read(int i, byte[] target, int offset) {
            System.arraycopy(image, 0, target, offset, image.length);
        }
    }
}
