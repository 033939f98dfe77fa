package org.lesionforge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no network neither loads nor unpacks libtorch, hundreds of megabytes of it. */
final class NoLibtorchTest {
    @TempDir
    Path folder;

    private void succeeds(String... arguments) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), command.toString());
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> String.join(" ", arguments) + ": " + text(said));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void preparingAuditingAndReportingUnpackNone() throws IOException, InterruptedException {
        Path source = folder.resolve("source");
        photographs(source.resolve("benign"), 8);
        photographs(source.resolve("malignant"), 6);
        String dataset = folder.resolve("dataset").toString();
        succeeds("prepare", source.toString(), "--out", dataset, "--sizes", "16");
        succeeds("audit", dataset, "--out", folder.resolve("audit").toString(), "--threads", "2");
        Path run = folder.resolve("run");
        copy(Path.of("src/test/resources/runs-of-0.1/experiment"), run);
        succeeds("report", run.toString());
        succeeds("isic", "fetch", "--help");
        succeeds("classify", "architectures");
        List<String> unpacked;
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            unpacked = files.map(file -> file.getFileName().toString()).toList();
        }
        // The cache is the one that was used: OpenCV decodes JPEG files.
        assertTrue(unpacked.stream().anyMatch(name -> name.contains("opencv")), unpacked.toString());
        assertEquals(
                List.of(),
                unpacked.stream()
                        .filter(name -> name.contains("torch") || name.contains("c10"))
                        .toList());
    }

    private static void photographs(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(count);
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < 32 * 32; pixel++) {
                image.setRGB(pixel % 32, pixel / 32, random.nextInt(1 << 24));
            }
            ImageIO.write(image, "jpg", folder.resolve(i + ".jpg").toFile());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
