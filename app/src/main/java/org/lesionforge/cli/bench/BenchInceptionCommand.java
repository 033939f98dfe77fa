package org.lesionforge.cli.bench;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.BackboneExtractor;
import org.lesionforge.backbone.BackboneOptions;
import org.lesionforge.backbone.Extraction;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.backbone.inception.InceptionArchitecture;
import org.lesionforge.backbone.inception.Pooling;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierSpeed;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ComputeOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.image.SquareImages;
import org.lesionforge.io.Progress;
import org.lesionforge.io.json.Json;
import org.lesionforge.quality.Resize;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.MatrixSpeed;
import org.lesionforge.torch.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench inception features|train} */
@Command(
        name = "inception",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Runs Inception V3 with random weights on noise: features as evaluate takes them, from the bytes of "
                        + "images of 299x299 on, or training steps with both heads and Adagrad, as classify train takes them.")
final class BenchInceptionCommand implements Callable<Integer> {
    static final String ROOFLINE =
            "Also measure a product of large matrices, and say what share of its speed the net reaches.";

    private static final int SIDE = InceptionArchitecture.V3.side();
    /** Back to the images of each layer, and back to its weights, cost as much as forward. */
    private static final double PASSES_OF_TRAINING = 3;

    enum Work {
        FEATURES,
        TRAIN
    }

    @Mixin
    CommonOptions common;

    @Mixin
    BenchSteps steps;

    @Mixin
    ComputeOptions computing;

    @Parameters(paramLabel = "features|train", description = "What to run.")
    Work work;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "32", description = "Images per step.")
    int batch;

    @Option(names = "--roofline", description = ROOFLINE)
    boolean roofline;

    @Override
    public Integer call() throws IOException {
        ClassifierOptions training = common.usage(() -> {
            steps.check();
            return training();
        });
        computing.apply();
        Compute compute = computing.compute();
        Map<String, Object> line = steps.line(
                "inception " + work.name().toLowerCase(Locale.ROOT),
                SIDE,
                batch,
                compute,
                work == Work.FEATURES ? Precision.FLOAT32 : compute.precision());
        Speed speed = work == Work.FEATURES ? features(compute) : training(training, compute);
        speed.addTo(line);
        if (roofline) {
            double passes = work == Work.FEATURES ? 1 : PASSES_OF_TRAINING;
            speed.addRoofline(line, passes * gigaflopForward(), MatrixSpeed.gigaflops(compute));
        }
        common.print(Json.line(line));
        return ExitCode.DONE;
    }

    /** A multiplication and an addition each, through the layers that images pass on their way to features. */
    private static double gigaflopForward() {
        Backbone net = features().build();
        try {
            return 2 * net.summary(SIDE).multiplyAdds() / 1e9;
        } finally {
            net.close();
        }
    }

    private static BackboneOptions features() {
        return new BackboneOptions(
                InceptionArchitecture.V3, Pooling.FID_2015, 0, false, InceptionArchitecture.MIXED_7C);
    }

    /** The paper's, but all of a batch in the network at once, as in the scripts. */
    private ClassifierOptions training() {
        return ClassifierOptions.paper().with().batch(batch).microBatch(batch).build();
    }

    private Speed features(Compute compute) throws IOException {
        Extraction extraction = new Extraction(
                "random",
                InceptionArchitecture.MIXED_7C,
                false,
                SIDE,
                Normalisation.SIGNED_UNIT,
                Resize.PYTORCH_FID::apply);
        try (BackboneExtractor extractor =
                new BackboneExtractor(features().build(), extraction, compute, Progress.SILENT)) {
            Noise images = Noise.of(batch);
            return steps.measure(() -> {
                extractor.extract(images);
                return batch;
            });
        }
    }

    private Speed training(ClassifierOptions options, Compute compute) throws IOException {
        try (ClassifierSpeed speed = new ClassifierSpeed(InceptionArchitecture.V3, options, compute)) {
            return steps.measure(speed::step);
        }
    }

    /** The same noise again and again, so that no time goes into making it. */
    private record Noise(int size, byte[] image) implements SquareImages {
        static Noise of(int size) {
            byte[] image = new byte[3 * SIDE * SIDE];
            new SplittableRandom(0).nextBytes(image);
            return new Noise(size, image);
        }

        @Override
        public int side() {
            return SIDE;
        }

        @Override
        public void read(int i, byte[] target, int offset) {
            System.arraycopy(image, 0, target, offset, image.length);
        }
    }
}
