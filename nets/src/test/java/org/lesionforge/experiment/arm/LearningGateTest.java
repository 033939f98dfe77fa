package org.lesionforge.experiment.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SmallDataset;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.generator.training.GeneratorTrainer;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.image.Images;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.FeatureExtractor;
import org.lesionforge.metric.fidelity.GeneratorCheck;
import org.lesionforge.torch.Compute;

/** A generator that draws grey squares is stopped; one that merely misses the real images continues. */
final class LearningGateTest {
    @TempDir
    Path folder;

    private final List<String> heard = new ArrayList<>();

    private final Progress progress = new Progress() {
        @Override
        public void advance(String task, long done, long total, String detail) {}

        @Override
        public void message(String text) {
            heard.add(text);
        }
    };

    /**
     * Every byte of an image is a feature.
     *
     * @param bits whether it is that alone on which side of grey it is: faint images then differ as much as strong ones
     */
    private record Pixels(boolean bits) implements FeatureExtractor {
        @Override
        public String distanceName() {
            return "fd[pixels]";
        }

        @Override
        public Optional<String> logitsMissingReason() {
            return Optional.of("pixels have no classes");
        }

        @Override
        public Activations extract(Images images) {
            byte[] pixels = new byte[images.width(0) * images.height(0) * 3];
            float[] values = new float[images.size() * pixels.length];
            for (int i = 0; i < images.size(); i++) {
                images.read(i, pixels, 0);
                for (int k = 0; k < pixels.length; k++) {
                    values[i * pixels.length + k] = bits ? (pixels[k] & 0xFF) >> 7 : (pixels[k] & 0xFF) / 255f;
                }
            }
            return new Activations(new FeatureArray(images.size(), pixels.length, values), Optional.empty());
        }
    }

    private TrainingPart malignant() throws IOException {
        List<String> rows = new ArrayList<>(List.of("b1,benign,b1,train", "b2,benign,b2,test", "m9,malignant,m9,test"));
        for (int i = 0; i < 8; i++) {
            rows.add("m" + i + ",malignant,m" + i + ",train");
        }
        Dataset dataset = SmallDataset.prepare(folder, rows);
        return dataset.training().ofClass("malignant");
    }

    private GeneratorRun trained(TrainingPart real, double learningRate, boolean bits) throws IOException {
        GeneratorSpec<DcganOptions> options = Dcgan.PAPER
                .common(common -> common.size(16).batch(4).epochs(2).snapshotEvery(2))
                .own(own ->
                        own.with().latent(8).width(8).learningRate(learningRate).build());
        GeneratorRun run = GeneratorRun.create(folder.resolve("gan" + learningRate), real, "malignant", options);
        SnapshotJudge judge = new SnapshotJudge(new Pixels(bits), real, Optional.empty(), 16, Progress.SILENT);
        new GeneratorTrainer(options, Compute.cpu(), Progress.SILENT).train(real, run, Optional.of(judge));
        return run;
    }

    @Test
    void greySquaresAreStoppedAndKeptAndMayBeAccepted() throws IOException {
        GeneratorRun run = trained(malignant(), 1e-9, false);
        GeneratorCheck check = run.check(run.best().snapshot()).orElseThrow();
        assertFalse(check.refusals().isEmpty(), check.toString());
        String message = assertThrows(
                        UnusableInputException.class, () -> new LearningGate(false, progress).require(run))
                .getMessage();
        assertTrue(message.contains("has not learned") && message.contains("--accept-bad-generator"), message);
        assertTrue(Files.exists(run.snapshotFile(run.best().snapshot())), "the generator stays");
        new LearningGate(true, progress).require(run);
        assertTrue(
                heard.get(heard.size() - 1).endsWith("it is used all the same (--accept-bad-generator)"),
                heard.toString());
    }

    @Test
    void recallOfZeroAloneIsSaidAndGoesOn() throws IOException {
        GeneratorRun run = trained(malignant(), 2e-4, true);
        GeneratorCheck check = run.check(run.best().snapshot()).orElseThrow();
        assertEquals(0, check.recall(), check.toString());
        assertTrue(check.spread() > GeneratorCheck.LEAST_SPREAD, check.toString());
        assertTrue(check.precision() > 0, check.toString());
        LearningGate gate = new LearningGate(false, progress);
        gate.require(run);
        gate.require(run);
        assertEquals(1, heard.size(), "said once: " + heard);
        assertTrue(heard.get(0).startsWith("warning: recall is 0"), heard.toString());
    }
}
