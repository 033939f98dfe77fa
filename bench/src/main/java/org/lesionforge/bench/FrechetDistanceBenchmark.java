package org.lesionforge.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.lesionforge.metric.fidelity.FeatureArray;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.metric.fidelity.FrechetDistance;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The linear algebra of FID-768, with fewer images than dimensions and with more. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 3, time = 2)
public class FrechetDistanceBenchmark {
    private static final int DIMENSIONS = 768;

    @Param({"374", "2000"})
    public int images;

    private Features a;
    private Features b;

    @Setup
    public void draw() {
        a = random(1);
        b = random(2);
    }

    private Features random(long seed) {
        Random random = new Random(seed);
        float[] values = new float[images * DIMENSIONS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new FeatureArray(images, DIMENSIONS, values);
    }

    @Benchmark
    public double distance() {
        return FrechetDistance.between(a, b);
    }
}
