package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.common.ExitCode;

/** Too little memory is something that is missing, not damage of the image that needs it. */
final class SmallHeapTest {
    @TempDir
    Path folder;

    @Test
    void aSoundImageThatDoesNotFitIntoMemoryIsExitCodeFour() throws IOException, InterruptedException {
        // A few kilobytes, of which RGB makes 192 MB.
        BufferedImage image = new BufferedImage(8000, 8000, BufferedImage.TYPE_BYTE_BINARY);
        for (String name : new String[] {"benign", "malignant"}) {
            Path files = Files.createDirectories(folder.resolve("source").resolve(name));
            ImageIO.write(image, "png", files.resolve("a.png").toFile());
            Files.copy(files.resolve("a.png"), files.resolve("b.png"));
            Files.copy(files.resolve("a.png"), files.resolve("c.png"));
        }
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "prepare",
                        folder.resolve("source").toString(),
                        "--out",
                        folder.resolve("out").toString(),
                        "--sizes",
                        "8",
                        "--quiet")
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(err);
        assertEquals(ExitCode.MISSING_REQUIREMENT, process.exitValue(), said);
        assertTrue(said.contains("not enough memory to decode") && said.contains(".png with a Java heap of 9"), said);
        assertTrue(said.contains("LESIONFORGE_JAVA_OPTIONS=-Xmx"), said);
        assertFalse(said.contains("\tat "), said);
    }
}
