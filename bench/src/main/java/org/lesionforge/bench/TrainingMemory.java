package org.lesionforge.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.classifier.ClassifierPlan;
import org.lesionforge.classifier.ClassifierSpeed;
import org.lesionforge.torch.Compute;
import org.lesionforge.torch.Scope;
import org.lesionforge.torch.Tensors;

/**
 * Compares the memory of training steps with what {@code classify train --dry-run} says of them: for each network a process of its own, which takes two
 * steps of whole batches at the network's usual side. Exit code 1 when one is off by more than a fifth. Linux only.
 *
 * <pre>mvn -q -pl core,nets,bench install -DskipTests; java -cp … org.lesionforge.bench.TrainingMemory BATCH [NAME…]</pre>
 */
public final class TrainingMemory {
    private static final double ALLOWED = 0.2;
    private static final String CHILD = "--child";

    /** As the launcher has it: memory that was held once is kept. */
    private static final Map<String, String> KEPT = Map.of(
            "MALLOC_MMAP_THRESHOLD_",
            "17179869184",
            "MALLOC_TRIM_THRESHOLD_",
            "17179869184",
            "MALLOC_ARENA_MAX",
            "1",
            "GLIBC_TUNABLES",
            "glibc.malloc.hugetlb=1");

    private TrainingMemory() {}

    /** @param arguments images of a batch, and names of networks; all of them where there is none */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments[0].equals(CHILD)) {
            System.out.println(measured(architecture(arguments[2]), Integer.parseInt(arguments[1])));
            return;
        }
        int batch = Integer.parseInt(arguments[0]);
        List<Architecture> networks = arguments.length == 1
                ? BackboneZoo.STANDARD.architectures()
                : Arrays.stream(arguments)
                        .skip(1)
                        .map(TrainingMemory::architecture)
                        .toList();
        boolean within = true;
        System.out.println("| network | side | said, MB | held, MB | said / held |");
        System.out.println("|---|---|---|---|---|");
        for (Architecture network : networks) {
            double said = ClassifierPlan.trainingBytes(network, options(network, batch)) / 1e6;
            double held = inProcess(network, batch) / 1e6;
            System.out.printf(
                    "| %s | %d | %.0f | %.0f | %.2f |%n", network.name(), network.side(), said, held, said / held);
            within &= Math.abs(said / held - 1) <= ALLOWED;
        }
        System.exit(within ? 0 : 1);
    }

    private static Architecture architecture(String name) {
        return BackboneZoo.STANDARD.named(name).orElseThrow();
    }

    private static ClassifierOptions options(Architecture architecture, int batch) {
        return ClassifierOptions.paper()
                .with()
                .size(architecture.side())
                .batch(batch)
                .microBatch(batch)
                .build();
    }

    private static long inProcess(Architecture network, int batch) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmn8m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainingMemory.class.getName(),
                        CHILD,
                        Integer.toString(batch),
                        network.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(KEPT);
        Process child = builder.start();
        String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (child.waitFor() != 0) {
            throw new IllegalStateException(network.name() + " ended with exit code " + child.exitValue());
        }
        return Long.parseLong(out.strip());
    }

    /**
     * Bytes that two steps have held at most, beside files that are mapped, such as libtorch itself. The second step finds the optimiser's memory there, and
     * nothing is given back.
     */
    private static long measured(Architecture architecture, int batch) throws IOException {
        try (Scope scope = new Scope()) {
            Tensors.floats(Tensors.of(new float[] {1, 2}, 2));
        }
        long before = kilobytes("RssAnon:");
        try (ClassifierSpeed speed = new ClassifierSpeed(architecture, options(architecture, batch), Compute.cpu())) {
            speed.step();
            speed.step();
        }
        return (kilobytes("RssAnon:") - before) * 1024;
    }

    private static long kilobytes(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("/proc/self/status has no " + key));
    }
}
