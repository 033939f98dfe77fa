package org.lesionforge.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Loading natives, with stand-ins for Java that end as a process can end, and with the real one. */
@DisabledOnOs(OS.WINDOWS)
final class TrialTest {
    private static final String REMEDY = "do something";

    @TempDir
    Path root;

    @Test
    void whatWasLoadedIsNamed() throws IOException {
        Finding finding = withJava("echo 'a warning'; echo '2.10.0, AVX2; cpu, 2 threads'");
        assertEquals(State.OK, finding.state(), finding.found());
        assertEquals("libtorch load", finding.check());
        assertEquals("2.10.0, AVX2; cpu, 2 threads", finding.facts().get("version"));
        assertEquals(true, finding.facts().get("loaded"));
    }

    @Test
    void whyItCannotBeLoadedIsSaid() throws IOException {
        Finding finding = withJava("echo 'libcudart.so.13: cannot open shared object file'; exit 4");
        assertMissing(finding, 4);
        assertTrue(finding.found().startsWith("cannot be loaded: libcudart.so.13"), finding.found());
        assertMissing(withJava("echo 'Error: no main class' >&2; exit 1"), 1);
    }

    @Test
    void aCrashIsAFinding() throws IOException {
        Finding finding = withJava("kill -ILL $$");
        // The number of SIGILL is 4 everywhere.
        assertMissing(finding, 128 + 4);
        assertTrue(finding.found().contains("crashes when it is loaded (signal 4)"), finding.found());
    }

    @Test
    void whatDoesNotEndIsGivenUp() throws IOException {
        Finding finding = withJava("exec sleep 60");
        assertEquals(State.MISSING, finding.state());
        assertTrue(finding.found().contains("had not been loaded after 2 s"), finding.found());
        assertFalse(finding.facts().containsKey("exit_code"));
    }

    @Test
    void withoutAJavaToStartItIsNotTried() throws IOException {
        Finding finding = new Trial("libtorch", Duration.ofSeconds(2)).of(Hosts.linux(root, Map.of()), REMEDY);
        assertEquals(State.NOTE, finding.state());
        assertTrue(finding.found().contains("not tried"), finding.found());
    }

    /** Everything as it is, but for the one jar that holds libtorch. */
    @Test
    void libtorchThatIsNotThereCannotBeLoaded() throws IOException {
        Host here = Host.here();
        String classPath = Stream.of(here.property("java.class.path").split(File.pathSeparator, -1))
                .filter(entry ->
                        !Path.of(entry).getFileName().toString().matches("pytorch-.*-(linux|macosx|windows)-.*"))
                .collect(Collectors.joining(File.pathSeparator));
        here.properties().put("java.class.path", classPath);
        Finding torch = new Trial("libtorch", Duration.ofSeconds(60)).of(here, REMEDY);
        assertMissing(torch, TrialLoad.CANNOT);
        assertTrue(torch.found().contains("libtorch cannot be loaded on this machine"), torch.found());
        Finding jpeg = new Trial("jpeg", Duration.ofSeconds(60)).of(here, REMEDY);
        assertEquals(State.OK, jpeg.state(), jpeg.found());
        assertTrue(jpeg.facts().get("version").toString().matches("OpenCV 4\\.[0-9.]+"), jpeg.found());
    }

    @Test
    void nothingIsLoadedWhereLibrariesAreMissing() throws IOException {
        List<Finding> findings =
                LibrariesCheck.of(Hosts.linux(root, Map.of()), "no-such-platform", Duration.ofSeconds(2));
        List<Finding> loads = findings.stream()
                .filter(finding -> finding.check().endsWith(" load"))
                .toList();
        assertEquals(2, loads.size());
        loads.forEach(
                load -> assertTrue(load.found().contains("not tried, since libraries are missing"), load.found()));
    }

    private static void assertMissing(Finding finding, int code) {
        assertEquals(State.MISSING, finding.state(), finding.found());
        assertEquals(code, finding.facts().get("exit_code"), finding.found());
        assertEquals(false, finding.facts().get("loaded"));
        assertEquals(REMEDY, finding.remedy());
    }

    private Finding withJava(String body) throws IOException {
        Path java = root.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Host host = Hosts.linux(root, Map.of("PATH", System.getenv("PATH")));
        host.properties().put("java.home", root.resolve("jdk").toString());
        host.properties().put("java.class.path", "lesionforge.jar");
        return new Trial("libtorch", Duration.ofSeconds(2)).of(host, REMEDY);
    }
}
