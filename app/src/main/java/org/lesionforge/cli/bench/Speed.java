package org.lesionforge.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The speed of work on images, with the keys of the scripts it is compared with.
 *
 * @param images of one run
 * @param imagesPerSecond of each run, ascending
 * @param cpuMillisPerImage processor time of all threads, including the kernel, over all runs: less affected by other
 *     programs
 */
record Speed(int images, double[] imagesPerSecond, double cpuMillisPerImage) {
    /** Work on images that is run repeatedly. */
    interface Work {
        /** @return number of images, the same in each run */
        int run() throws IOException;
    }

    static void requireRuns(int warmup, int runs) {
        if (warmup < 0) {
            throw new IllegalArgumentException("runs to warm up must be 0 or more, got " + warmup);
        }
        if (runs < 1) {
            throw new IllegalArgumentException("at least 1 run is needed, got " + runs);
        }
    }

    static Speed measure(int warmup, int runs, Work work) throws IOException {
        for (int i = 0; i < warmup; i++) {
            work.run();
        }
        double[] rates = new double[runs];
        int images = 0;
        long cpuStart = cpuNanos();
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            images = work.run();
            rates[i] = images / ((System.nanoTime() - start) / 1e9);
        }
        double cpuMillis = (cpuNanos() - cpuStart) / 1e6 / images / runs;
        Arrays.sort(rates);
        return new Speed(images, rates, cpuMillis);
    }

    void addTo(Map<String, Object> line) throws IOException {
        line.put("images_per_second", rounded(imagesPerSecond[imagesPerSecond.length / 2]));
        line.put("best", rounded(imagesPerSecond[imagesPerSecond.length - 1]));
        line.put("cpu_ms_per_image", rounded(cpuMillisPerImage));
        line.put("max_rss_mb", peakMegabytes().orElse(null));
    }

    /** The share of this machine's speed at multiplying large matrices that the work reaches. */
    void addRoofline(Map<String, Object> line, double gigaflopPerImage, double gigaflopsOfMatrices) {
        double gigaflops = imagesPerSecond[imagesPerSecond.length / 2] * gigaflopPerImage;
        line.put("gigaflop_per_image", Math.round(gigaflopPerImage * 1000) / 1000.0);
        line.put("gigaflop_per_second", rounded(gigaflops));
        line.put("matrix_gigaflop_per_second", rounded(gigaflopsOfMatrices));
        line.put("share_of_matrix", rounded(gigaflops / gigaflopsOfMatrices));
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** The most memory this process has held; empty where the system does not tell (all but Linux). */
    private static Optional<Long> peakMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return Optional.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst();
    }
}
