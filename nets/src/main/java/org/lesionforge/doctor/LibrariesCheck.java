package org.lesionforge.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/** The native libraries: what there is, whether it is unpacked, and whether it can be loaded, which unpacks it. */
final class LibrariesCheck implements Check {
    private static final List<String> LOADED = List.of("libtorch", "jpeg");
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** Of the slowest disks and network folders that one waits for. */
    private static final long UNPACKED_PER_SECOND = 2_000_000;

    @Override
    public List<Finding> of(Host host) throws IOException {
        return of(host, Loader.getPlatform(), LONGEST);
    }

    static List<Finding> of(Host host, String platform, Duration longest) throws IOException {
        List<Finding> natives = NativesCheck.of(host, platform);
        List<Finding> findings = new ArrayList<>(natives);
        boolean complete = natives.stream().noneMatch(finding -> finding.state() == State.MISSING);
        long waiting = sum(natives, Unpacking.WAITING);
        NativesFolder.of(host).ifPresent(folder -> findings.add(whole(folder, natives, waiting)));
        for (String library : LOADED) {
            findings.add(
                    complete
                            ? new Trial(library, longest.plusSeconds(waiting / UNPACKED_PER_SECOND))
                                    .of(host, remedy(host, platform))
                            : Finding.note(
                                    library + " load",
                                    "was not tried, since libraries are missing",
                                    "do what is said of them, then run this again",
                                    Map.of()));
        }
        return findings;
    }

    private static Finding whole(Path folder, List<Finding> natives, long waiting) {
        long bytes = sum(natives, "bytes");
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("folder", folder.toString());
        facts.put("bytes", bytes);
        facts.put(Unpacking.WAITING, waiting);
        facts.put("unpacked", waiting == 0);
        String found = waiting == 0
                ? Bytes.text(bytes) + ", all unpacked in " + folder
                : Bytes.text(waiting) + " of " + Bytes.text(bytes) + " had still to be unpacked into " + folder;
        return Finding.ok("natives", found, facts);
    }

    private static long sum(List<Finding> findings, String fact) {
        return findings.stream()
                .mapToLong(finding -> finding.facts().get(fact) instanceof Long bytes ? bytes : 0)
                .sum();
    }

    private static String remedy(Host host, String platform) throws IOException {
        boolean cuda = NativeJar.of(host.classes()).stream()
                .anyMatch(jar -> jar.module().equals("pytorch") && jar.isFor(platform) && jar.isForGpu());
        Optional<Path> folder = NativesFolder.of(host);
        return (cuda ? "install CUDA 13, cuDNN 9 and NCCL, or build without -Pcuda; else " : "")
                + folder.map(path -> "remove " + path + ", into which it is unpacked anew; else ")
                        .orElse("")
                + "build the program on this machine; docs/guide/install.md has the platforms it runs on";
    }
}
