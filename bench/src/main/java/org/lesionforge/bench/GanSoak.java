package org.lesionforge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.generator.GeneratorSpec;
import org.lesionforge.generator.run.GeneratorRun;
import org.lesionforge.generator.training.GeneratorTrainer;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.io.Progress;
import org.lesionforge.phantom.PhantomOptions;
import org.lesionforge.phantom.Phantoms;
import org.lesionforge.torch.Compute;
import org.lesionforge.training.CheckpointPolicy;

/**
 * Checks that memory does not grow in a long training: trains a small net on phantom lesions for 2,000 iterations, with
 * the remedies for small classes, snapshots and checkpoints, and prints the growth of the process's resident memory
 * after the first quarter. Linux only.
 *
 * <pre>mvn -q -pl core,bench install -DskipTests; java -cp … org.lesionforge.bench.GanSoak FOLDER</pre>
 */
public final class GanSoak {
    private static final int ITERATIONS = 2000;
    private static final int BATCH = 16;
    private static final int EVERY = 50;

    private GanSoak() {}

    /** @param arguments a folder to make, for the data set and the run */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path source = folder.resolve("phantoms");
        Phantoms.write(source, new PhantomOptions(6, 4 * BATCH, 0, 64, 1), Progress.SILENT);
        PreparationOptions options = PreparationOptions.of(source, folder.resolve("dataset"));
        Preparation.run(options, Progress.SILENT);
        TrainingPart real =
                Dataset.open(folder.resolve("dataset")).trainingAndValidation().ofClass("malignant");
        GeneratorSpec<DcganOptions> gan = Dcgan.PAPER
                .common(common -> common.batch(BATCH)
                        .epochs(ITERATIONS / (real.size() / BATCH))
                        .snapshotEvery(50)
                        .seed(1))
                .own(own -> own.with().width(8).kernel(4).build())
                .own(own ->
                        own.with().remedies(Dcgan.SMALL_DATA.own().remedies()).build());
        List<double[]> resident = new ArrayList<>();
        Progress watch = new Progress() {
            @Override
            public void advance(String task, long done, long total, String detail) {
                long iteration = done / BATCH;
                if (iteration % EVERY == 0) {
                    resident.add(new double[] {iteration, megabytes()});
                }
            }

            @Override
            public void message(String text) {
                System.err.println(text);
            }
        };
        CheckpointPolicy often = new CheckpointPolicy(Duration.ofSeconds(5), 2);
        new GeneratorTrainer(gan, often, Compute.best(), watch)
                .train(real, GeneratorRun.create(folder.resolve("run"), real, "malignant", gan), Optional.empty());
        resident.forEach(point -> System.out.printf("%6.0f %8.1f MB%n", point[0], point[1]));
        List<double[]> settled = resident.subList(resident.size() / 4, resident.size());
        System.out.printf("slope: %.2f MB per 1,000 iterations%n", 1000 * slope(settled));
    }

    private static double megabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1000;
        } catch (IOException e) {
            throw new IllegalStateException("the resident memory is read from /proc, which only Linux has", e);
        }
    }

    /** Slope of the least-squares line through the points. */
    private static double slope(List<double[]> points) {
        double meanX = points.stream().mapToDouble(point -> point[0]).average().orElseThrow();
        double meanY = points.stream().mapToDouble(point -> point[1]).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (double[] point : points) {
            products += (point[0] - meanX) * (point[1] - meanY);
            squares += Math.pow(point[0] - meanX, 2);
        }
        return products / squares;
    }
}
