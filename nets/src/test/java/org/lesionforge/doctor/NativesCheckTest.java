package org.lesionforge.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With small jars of the names and the inner order of JavaCPP's. */
final class NativesCheckTest {
    private static final String LINUX = "linux-x86_64";
    private static final byte[] CODE = new byte[1000];

    @TempDir
    Path root;

    private Path cache;

    @BeforeEach
    void home() {
        cache = root.resolve("home/.javacpp/cache");
    }

    @Test
    void whatIsToBeUnpackedIsCountedAndNothingIsMade() throws IOException {
        Finding torch = libtorch(host(LINUX));
        assertEquals(State.NOTE, torch.state(), torch.found());
        // Of libtorch.so, libjnitorch.so, libgomp.so.1 and libjnitorch_gloo.so all but the last are.
        assertEquals(3000L, torch.facts().get("bytes"));
        assertEquals(3000L, torch.facts().get("waiting_bytes"));
        assertEquals(cache.toString(), torch.facts().get("folder"));
        assertFalse(Files.exists(root.resolve("home")), "a folder was made");
    }

    @Test
    void ofOpenCvOnlyTheDecoderIsUnpacked() throws IOException {
        Finding jpeg = finding(host(LINUX), "jpeg");
        assertEquals(2000L, jpeg.facts().get("bytes"), jpeg.found());
    }

    @Test
    void unpackedFilesAreComparedWithTheJar() throws IOException {
        Host host = host(LINUX);
        unpack("pytorch-2.10.0-1.5.13-" + LINUX + ".jar");
        assertEquals(State.OK, libtorch(host).state());

        Path library =
                cache.resolve("pytorch-2.10.0-1.5.13-" + LINUX + ".jar/org/bytedeco/pytorch/" + LINUX + "/libtorch.so");
        FileTime time = Files.getLastModifiedTime(library);
        byte[] damaged = CODE.clone();
        damaged[500] ^= 1;
        Files.write(library, damaged);
        Files.setLastModifiedTime(library, time);
        Finding found = libtorch(host);
        assertEquals(State.MISSING, found.state());
        assertTrue(found.found().contains("libtorch.so is damaged"), found.found());

        // Of another size it is unpacked again, without a word.
        Files.write(library, new byte[10]);
        assertEquals(1000L, libtorch(host).facts().get("waiting_bytes"));
    }

    @Test
    void nativesOfAnotherPlatformAreNamed() throws IOException {
        Finding torch = libtorch(host("macosx-arm64"));
        assertEquals(State.MISSING, torch.state());
        assertTrue(torch.found().contains("for linux-x86_64; those there are for macosx-arm64"), torch.found());
        assertTrue(torch.remedy().contains("-Dnatives=linux-x86_64"), torch.remedy());
    }

    @Test
    void noNativesAtAll() throws IOException {
        Host host = Hosts.linux(root, new URLClassLoader(new URL[0], null), Map.of());
        List<Finding> findings = NativesCheck.of(host, LINUX);
        assertEquals(4, findings.size());
        findings.forEach(finding -> assertEquals(State.MISSING, finding.state(), finding.check()));
    }

    @Test
    void nativesForCudaFit() throws IOException {
        assertEquals(State.NOTE, libtorch(host(LINUX + "-gpu")).state());
    }

    @Test
    void noFolderToUnpackInto() throws IOException {
        // Files are in the places of folders, which stops root, too.
        Files.writeString(root.resolve("home"), "");
        Files.writeString(root.resolve("tmp"), "");
        Finding torch = libtorch(host(LINUX));
        assertEquals(State.MISSING, torch.state(), torch.found());
        assertTrue(torch.found().contains(cache.toString()), torch.found());
    }

    /** Each fits by itself: what counts is whether all do. */
    @Test
    void whatOthersUnpackIsCountedToo() throws IOException {
        Path jar = root.resolve("pytorch-2.10.0-1.5.13-" + LINUX + ".jar");
        Host host = host(LINUX);
        Unpacking unpacking = Unpacking.of(new NativeJar(jar, "pytorch", LINUX), Pattern.compile(".*"));
        assertEquals(State.NOTE, unpacking.finding("libtorch", host, 0).state());
        Finding full = unpacking.finding("libtorch", host, Places.free(root) + 1_000_000_000);
        assertEquals(State.MISSING, full.state());
        assertTrue(full.found().contains("of others"), full.found());
    }

    @Test
    void damagedJar() throws IOException {
        Host host = host(LINUX);
        NativesCheck.of(host, LINUX);
        Files.write(root.resolve("pytorch-2.10.0-1.5.13-" + LINUX + ".jar"), new byte[] {1, 2, 3});
        List<Finding> findings =
                Doctor.guarded("natives", anyHost -> NativesCheck.of(anyHost, LINUX), host(LINUX, false));
        assertTrue(findings.stream().anyMatch(finding -> finding.state() == State.MISSING), findings.toString());
    }

    private static Finding libtorch(Host host) throws IOException {
        return finding(host, "libtorch");
    }

    private static Finding finding(Host host, String check) throws IOException {
        return NativesCheck.of(host, LINUX).stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private Host host(String platform) throws IOException {
        return host(platform, true);
    }

    private Host host(String platform, boolean write) throws IOException {
        List<URL> jars = new ArrayList<>();
        Map<String, List<String>> modules = Map.of(
                "javacpp-1.5.13", List.of("libjnijavacpp.so"),
                "openblas-0.3.31-1.5.13", List.of("libopenblas.so.0", "libjniopenblas_full.so"),
                "pytorch-2.10.0-1.5.13",
                        List.of("libtorch.so", "libjnitorch.so", "libgomp.so.1", "libjnitorch_gloo.so", "readme.txt"),
                "opencv-4.13.0-1.5.13",
                        List.of("libopencv_core.so.413", "libjniopencv_imgcodecs.so", "libopencv_dnn.so.413"));
        for (Map.Entry<String, List<String>> module : modules.entrySet()) {
            Path jar = root.resolve(module.getKey() + "-" + platform + ".jar");
            if (write) {
                write(
                        jar,
                        "org/bytedeco/" + module.getKey().split("-", 2)[0] + "/" + platform + "/",
                        module.getValue());
            }
            jars.add(jar.toUri().toURL());
        }
        return Hosts.linux(root, new URLClassLoader(jars.toArray(URL[]::new), null), Map.of());
    }

    private static void write(Path jar, String folder, List<String> names) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(folder + name));
                out.write(CODE);
                out.closeEntry();
            }
        }
    }

    /** As JavaCPP does: with the time that the jar has. */
    private void unpack(String name) throws IOException {
        try (JarFile jar = new JarFile(root.resolve(name).toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) jar.stream().map(ZipEntry.class::cast)::iterator) {
                Path file = cache.resolve(name).resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, CODE);
                Files.setLastModifiedTime(file, FileTime.fromMillis(entry.getTime()));
            }
        }
    }
}
