package org.lesionforge.doctor;

import java.util.List;
import java.util.Map;
import org.lesionforge.io.FreeMemory;

/** The Java machine and the memory that it and libtorch can have. */
final class JavaCheck implements Check {
    private static final int OLDEST = 17;
    /** A micro-batch of the classifier with its usual 16 images of 299 pixels. */
    private static final long CLASSIFIER = 3_000_000_000L;

    @Override
    public List<Finding> of(Host host) {
        return List.of(java(host), memory(FreeMemory.bytes()));
    }

    private static Finding java(Host host) {
        String version = host.property("java.version");
        String found = version + " (" + host.property("java.vendor") + ") in " + host.property("java.home") + ", on "
                + host.property("os.name") + " " + host.property("os.arch");
        Map<String, Object> facts = Map.of("version", version, "home", host.property("java.home"));
        return feature(host.property("java.specification.version")) < OLDEST
                ? Finding.missing("java", found, "set JAVA_HOME to a JDK " + OLDEST + " or newer", facts)
                : Finding.ok("java", found, facts);
    }

    private static int feature(String version) {
        return version.matches("\\d{1,4}") ? Integer.parseInt(version) : 0;
    }

    private static Finding memory(long free) {
        long heap = Runtime.getRuntime().maxMemory();
        String found = Bytes.text(free) + " free; Java's own part is at most " + Bytes.text(heap);
        Map<String, Object> facts = Map.of("free_bytes", free, "heap_bytes", heap);
        return free < CLASSIFIER
                ? Finding.note(
                        "memory",
                        found,
                        "a classifier at 299 pixels needs about " + Bytes.text(CLASSIFIER)
                                + ": close other programs, or lower --micro-batch",
                        facts)
                : Finding.ok("memory", found, facts);
    }
}
