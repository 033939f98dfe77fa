package org.lesionforge.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.weights.KnownWeights;

final class DoctorTest {
    @TempDir
    Path root;

    @Test
    void aCheckThatFailsIsAFinding() {
        Finding finding = Doctor.guarded(
                        "disk",
                        host -> {
                            throw new AccessDeniedException("/secret");
                        },
                        Hosts.linux(root, Map.of()))
                .get(0);
        assertEquals("disk", finding.check());
        assertEquals(State.MISSING, finding.state());
        assertTrue(finding.found().contains("permission denied"), finding.found());
    }

    /** Whoever starts a process can give it anything: none of it may end in an exception. */
    @Test
    void aMachineThatTellsNothing() {
        Host host = new Host(Map.of(), Map.of(), root.resolve("none"), DoctorTest.class.getClassLoader());
        List<String> checks = Doctor.examine(host).stream().map(Finding::check).toList();
        assertTrue(checks.containsAll(List.of("java", "memory", "locale", "threads", "gpu", "cache", "disk here")));
    }

    @Test
    void aHomeThatIsNotKnownIsSaid() throws IOException {
        Map<String, String> properties = new HashMap<>();
        properties.put("user.home", "?");
        assertTrue(new Host(Map.of(), properties, root, getClass().getClassLoader())
                .home()
                .isEmpty());
    }

    @Test
    void locale() {
        Host host = Hosts.linux(root, Map.of("LANG", "de_DE.UTF-8"));
        assertEquals(State.OK, new LocaleCheck().of(host).get(0).state());
        host.properties().put("sun.jnu.encoding", "ANSI_X3.4-1968");
        Finding finding = new LocaleCheck().of(host).get(0);
        assertEquals(State.NOTE, finding.state());
        assertTrue(finding.remedy().contains("LC_ALL=C.UTF-8"), finding.remedy());
    }

    @Test
    void settingsOfThreads() throws IOException {
        assertEquals(List.of("threads", "waiting"), checks(Map.of()));
        assertEquals(List.of("threads"), checks(Map.of("OMP_WAIT_POLICY", "passive")));
        assertEquals(State.NOTE, threads("many").state());
        assertEquals(State.NOTE, threads("0").state());
        assertEquals(State.NOTE, threads("99999").state());
        assertEquals(State.OK, threads("1").state());
        assertEquals(State.OK, threads("1,1").state());
        // A processor whose caches are hidden.
        Files.createDirectories(root.resolve("sys/devices/system/cpu/cpu0"));
        assertEquals(List.of("threads", "waiting", "kernels"), checks(Map.of()));
        assertEquals(List.of("threads", "waiting"), checks(Map.of("ONEDNN_MAX_CPU_ISA", "AVX2")));
    }

    private List<String> checks(Map<String, String> environment) {
        return new ThreadsCheck()
                .of(Hosts.linux(root, environment)).stream().map(Finding::check).toList();
    }

    private Finding threads(String wanted) {
        return new ThreadsCheck()
                .of(Hosts.linux(root, Map.of("OMP_NUM_THREADS", wanted)))
                .get(0);
    }

    @Test
    void weightsAreKnownByTheirChecksum() throws IOException {
        Path file = root.resolve("fid.pth");
        Finding absent = WeightsCheck.of(KnownWeights.FID, file);
        assertEquals(State.NOTE, absent.state());
        assertTrue(absent.remedy().contains("weights fetch fid"), absent.remedy());
        Files.writeString(file, "abc");
        Finding changed = WeightsCheck.of(KnownWeights.FID, file);
        assertEquals(State.MISSING, changed.state());
        // SHA-256 of "abc", FIPS 180-2.
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                changed.facts().get("sha256"));
        Path folder = Files.createDirectory(root.resolve("folder.pth"));
        assertEquals(State.MISSING, WeightsCheck.of(KnownWeights.FID, folder).state());
    }

    @Test
    void sizesOfCaches() throws IOException {
        Files.createDirectories(root.resolve("cache/features/deep"));
        Files.write(root.resolve("cache/features/deep/a"), new byte[1500]);
        Files.write(root.resolve("cache/features/b"), new byte[500]);
        Finding cache = CachesCheck.own(root.resolve("cache"));
        assertEquals(2000L, cache.facts().get("features_bytes"));
        assertEquals(0L, cache.facts().get("frozen_bytes"));
        assertNull(cache.remedy());
        Files.writeString(root.resolve("file"), "");
        Finding blocked = CachesCheck.own(root.resolve("file/cache"));
        assertEquals(State.MISSING, blocked.state());
        assertTrue(blocked.found().contains("a file is there"), blocked.found());
        assertFalse(Files.exists(root.resolve("cache/frozen")));
    }

    @Test
    void disk() {
        assertEquals(State.OK, DiskCheck.finding("disk", root, 5_000_000_000L).state());
        assertEquals(State.NOTE, DiskCheck.finding("disk", root, 1_900_000_000L).state());
        assertEquals(State.MISSING, DiskCheck.finding("disk", root, 4096).state());
    }

    @Test
    void sizesInWords() {
        assertEquals("0 MB", Bytes.text(0));
        assertEquals("0.2 MB", Bytes.text(150_001));
        assertEquals("445 MB", Bytes.text(445_123_456));
        assertEquals("12.3 GB", Bytes.text(12_345_678_901L));
    }
}
