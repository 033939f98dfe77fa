package org.lesionforge.cli.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lesionforge.cli.common.Version;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Precision;
import org.lesionforge.torch.Torch;
import picocli.CommandLine.Option;

/** Options of the benchmarks of nets, with the names and defaults of the scripts they are compared with. */
final class BenchSteps {
    @Option(names = "--steps", paramLabel = "N", defaultValue = "5", description = "Steps to take the median of.")
    int steps;

    @Option(names = "--warmup", paramLabel = "N", defaultValue = "2", description = "Steps before these.")
    int warmup;

    /** Must be called before anything is computed. */
    void check() {
        Speed.requireRuns(warmup, steps);
    }

    Speed measure(Speed.Work step) throws IOException {
        return Speed.measure(warmup, steps, step);
    }

    /** The first entries of each line. */
    Map<String, Object> line(String work, int size, int batch, Compute compute, Precision precision) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("peer", "lesionforge " + Version.number());
        line.put("work", work);
        line.put("size", size);
        line.put("batch", batch);
        line.put("steps", steps);
        line.put("threads", Torch.threads());
        line.put("device", compute.describe());
        line.put("precision", precision.word());
        return line;
    }
}
