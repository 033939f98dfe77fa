package org.lesionforge.generator.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.run.ClosestPairs;
import org.lesionforge.generator.run.SnapshotJudge;
import org.lesionforge.generator.run.SnapshotJudge.Verdict;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Seed;
import org.lesionforge.run.GeneratorWeights;
import org.lesionforge.torch.Compute;

/** How a snapshot is measured, against values by hand: with one feature, an image's brightness. */
final class SnapshotJudgeTest {
    @TempDir
    Path folder;

    private Dataset dataset;

    @BeforeEach
    void prepare() throws IOException {
        TinyTraining.prepare(folder);
        dataset = Dataset.open(folder.resolve("dataset"));
    }

    @Test
    void snapshotsAreMeasuredAgainstTheRealsAndTheValidationImages() {
        SnapshotJudge judge = new SnapshotJudge(
                new Brightness(),
                dataset.training().ofClass("malignant"),
                Optional.of(dataset.validation().ofClass("malignant")),
                16,
                Progress.SILENT);
        Sampler sampler = TinyTraining.NETS.create(Compute.cpu()).samplers().get(GeneratorWeights.RAW);
        Verdict verdict = judge.judge(sampler, new Seed(2), Progress.SILENT);

        int bytes = 16 * 16 * 3;
        double[] real = new double[5];
        double[] fake = new double[5];
        byte[] drawn = sampler.pixels(new Seed(2), 0, 5, 0);
        byte[] pixels = new byte[bytes];
        for (int i = 0; i < 5; i++) {
            dataset.training().ofClass("malignant").read(i, 16, pixels, 0);
            real[i] = Brightness.of(pixels, 0, bytes);
            fake[i] = Brightness.of(drawn, i * bytes, bytes);
        }
        double expected = Math.pow(mean(real) - mean(fake), 2) + Math.pow(deviation(real) - deviation(fake), 2);
        assertEquals(expected, verdict.metrics().get("fid").value(), 1e-3 * expected);
        assertEquals("fd[brightness]", verdict.metrics().get("fid").name());
        assertEquals("kd[brightness]", verdict.metrics().get("kid").name());
        assertTrue(verdict.metrics().get("fid").recipe().contains("n=5/5"));
        assertFalse(verdict.metrics().containsKey("fid_native"), "the reals have no other size");
        // With one feature distances are differences.
        assertEquals(
                spread(fake) / spread(real), verdict.metrics().get("spread").value(), 1e-4);
        int copies = 0;
        for (double image : fake) {
            double[] far = IntStream.range(0, 5)
                    .mapToDouble(i -> Math.abs(real[i] - image))
                    .toArray();
            int nearest = IntStream.range(0, 5).reduce(0, (a, b) -> far[b] < far[a] ? b : a);
            double own = IntStream.range(0, 5)
                    .filter(i -> i != nearest)
                    .mapToDouble(i -> Math.abs(real[i] - real[nearest]))
                    .min()
                    .orElseThrow();
            copies += far[nearest] < own ? 1 : 0;
        }
        assertEquals(copies / 5.0, verdict.metrics().get("copied").value(), 1e-9);
        assertTrue(verdict.metrics().get("copied_validation").recipe().contains("n=5/5"));
        assertTrue(verdict.metrics().containsKey("recall"));
        assertEquals("brightness has no classes", verdict.missing().get("is"));
        assertEquals(Optional.of(new SnapshotJudge.Selection("kd[brightness]", 5)), judge.selection());
    }

    @Test
    void theClosestPairsAreThoseThatASearchOfAllPairsFinds() {
        TrainingPart malignant = dataset.training().ofClass("malignant");
        SnapshotJudge judge = new SnapshotJudge(new Brightness(), malignant, Optional.empty(), 16, Progress.SILENT);
        Sampler sampler = TinyTraining.NETS.create(Compute.cpu()).samplers().get(GeneratorWeights.RAW);
        ClosestPairs closest =
                judge.judge(sampler, new Seed(2), Progress.SILENT).closest().orElseThrow();

        int bytes = 16 * 16 * 3;
        byte[] drawn = sampler.pixels(new Seed(2), 0, 5, 0);
        byte[] learned = malignant.at(16).pixels();
        // Distance, generated, training, of every pair.
        List<double[]> pairs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            double[] best = {Double.MAX_VALUE, i, -1};
            for (int j = 0; j < 5; j++) {
                double far =
                        Math.abs(Brightness.of(drawn, i * bytes, bytes) - Brightness.of(learned, j * bytes, bytes));
                best = far < best[0] ? new double[] {far, i, j} : best;
            }
            pairs.add(best);
        }
        pairs.sort(Comparator.comparingDouble(pair -> pair[0]));
        for (int k = 0; k < 5; k++) {
            assertArrayEquals(
                    image(drawn, (int) pairs.get(k)[1]),
                    closest.generated().get(k).pixels(),
                    "generated image " + k);
            assertArrayEquals(
                    image(learned, (int) pairs.get(k)[2]),
                    closest.training().get(k).pixels(),
                    "training image " + k);
        }
        assertTrue(
                closest.text().contains("those 5 of 5 generated images that lie nearest to one of 5 training images")
                        && closest.text().endsWith("by distance[brightness]"),
                closest.text());
    }

    private static byte[] image(byte[] pixels, int i) {
        int bytes = 16 * 16 * 3;
        return Arrays.copyOfRange(pixels, i * bytes, (i + 1) * bytes);
    }

    private static double spread(double[] values) {
        double sum = 0;
        for (double a : values) {
            for (double b : values) {
                sum += Math.abs(a - b);
            }
        }
        return sum / (values.length * (values.length - 1));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** With n − 1, as in FID's covariance. */
    private static double deviation(double[] values) {
        double squares = 0;
        for (double value : values) {
            squares += Math.pow(value - mean(values), 2);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    @Test
    void withoutTwoValidationImagesNothingIsChosenByThem() {
        SnapshotJudge judge = new SnapshotJudge(
                new Brightness(),
                dataset.training().ofClass("malignant"),
                Optional.of(dataset.validation().ofClass("benign")),
                16,
                Progress.SILENT);
        assertEquals(Optional.empty(), judge.selection());
    }
}
