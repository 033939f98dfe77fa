package org.lesionforge.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.MissingRequirementException;

final class NativeFolderTest {
    private static final String LIBRARY = "libjnitorch.so";

    @TempDir
    Path classPath;

    @Test
    void eachKindOfNativesHasItsFolder() throws IOException {
        put("linux-x86_64-gpu");
        assertEquals("org/bytedeco/pytorch/linux-x86_64-gpu/", folder());
    }

    @Test
    void nativesForTheCpu() throws IOException {
        put("linux-x86_64");
        assertEquals("org/bytedeco/pytorch/linux-x86_64/", folder());
    }

    @Test
    void withoutAnyTheCpuIsWhatLoadingAsksFor() throws IOException {
        put("macosx-arm64");
        assertEquals("org/bytedeco/pytorch/linux-x86_64/", folder());
    }

    @Test
    void bothAreRefusedWithTheirPlaces() throws IOException {
        put("linux-x86_64");
        put("linux-x86_64-gpu");
        String message =
                assertThrows(MissingRequirementException.class, this::folder).getMessage();
        assertTrue(message.contains("/linux-x86_64/" + LIBRARY), message);
        assertTrue(message.contains("/linux-x86_64-gpu/" + LIBRARY), message);
        assertTrue(message.contains("-Pcuda"), message);
    }

    private void put(String platform) throws IOException {
        Path folder = Files.createDirectories(classPath.resolve("org/bytedeco/pytorch/" + platform));
        Files.write(folder.resolve(LIBRARY), new byte[1]);
    }

    /** A class loader that knows this folder alone, not the natives that the tests run with. */
    private String folder() throws IOException {
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {classPath.toUri().toURL()}, null)) {
            return NativeFolder.of(classes, "linux-x86_64", LIBRARY);
        }
    }
}
