package org.lesionforge.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
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

/** Antialiased bicubic resampling, from the paper's 1769×1769 and from ISIC 2017's 256×256. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResamplerBenchmark {
    @Param({"256", "1769"})
    public int from;

    @Param({"64", "299"})
    public int to;

    private RgbImage image;

    @Setup
    public void draw() {
        byte[] pixels = new byte[from * from * 3];
        new Random(1).nextBytes(pixels);
        image = RgbImage.wrap(from, from, pixels);
    }

    @Benchmark
    public RgbImage bicubic() {
        return Resampler.resize(image, to, to, Filter.BICUBIC);
    }
}
