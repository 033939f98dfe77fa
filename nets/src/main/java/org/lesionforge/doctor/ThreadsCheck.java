package org.lesionforge.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.lesionforge.torch.PhysicalCores;

/** Processors, and the settings that decide how libtorch uses them. */
final class ThreadsCheck implements Check {
    private static final String THREADS = "OMP_NUM_THREADS";

    @Override
    public List<Finding> of(Host host) {
        List<Finding> findings = new ArrayList<>();
        findings.add(threads(host));
        waiting(host).ifPresent(findings::add);
        kernels(host).ifPresent(findings::add);
        return findings;
    }

    private static Finding threads(Host host) {
        int processors = Runtime.getRuntime().availableProcessors();
        OptionalInt cores = PhysicalCores.count(host.root().resolve("sys/devices/system/cpu"));
        Optional<String> wanted = host.variable(THREADS);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("processors", processors);
        cores.ifPresent(count -> facts.put("cores", count));
        wanted.ifPresent(value -> facts.put("omp_num_threads", value));
        String found = processors + (processors == 1 ? " processor" : " processors") + " for this process"
                + (cores.isPresent() ? ", " + cores.getAsInt() + (cores.getAsInt() == 1 ? " core" : " cores") : "")
                + wanted.map(value -> "; " + THREADS + "=" + value).orElse("");
        if (wanted.isEmpty()) {
            return Finding.ok("threads", found, facts);
        }
        // One number, or one for each level of nesting.
        if (!wanted.get().matches("\\s*[1-9]\\d{0,5}\\s*(,\\s*[1-9]\\d{0,5}\\s*)*")) {
            return Finding.note(
                    "threads", found + ", which is not a number of threads", "set it to one, or unset it", facts);
        }
        return Integer.parseInt(wanted.get().split(",", 2)[0].strip()) > processors
                ? Finding.note(
                        "threads",
                        found + ", which is more than there are processors",
                        "threads will wait for each other: unset it, or set it to " + processors + " at most",
                        facts)
                : Finding.ok("threads", found, facts);
    }

    private static Optional<Finding> waiting(Host host) {
        Optional<String> policy = host.variable("OMP_WAIT_POLICY");
        if (policy.filter("PASSIVE"::equalsIgnoreCase).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Finding.note(
                "waiting",
                "OMP_WAIT_POLICY is " + policy.orElse("not set") + ": threads that wait for work take processor time",
                "start the program by its launcher ./lesionforge, or set OMP_WAIT_POLICY=PASSIVE",
                Map.of("omp_wait_policy", policy.orElse(""))));
    }

    /** As the launcher decides: with hidden caches, oneDNN's kernels for AVX-512 were seen to compute wrong sums. */
    private static Optional<Finding> kernels(Host host) {
        Path processor = host.root().resolve("sys/devices/system/cpu/cpu0");
        if (!Files.isDirectory(processor)
                || Files.exists(processor.resolve("cache/index0"))
                || host.variable("ONEDNN_MAX_CPU_ISA").isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Finding.note(
                "kernels",
                "the processor's caches are hidden, and ONEDNN_MAX_CPU_ISA is not set: convolutions may be wrong",
                "start the program by its launcher ./lesionforge, or set ONEDNN_MAX_CPU_ISA=AVX2",
                Map.of()));
    }
}
