package org.lesionforge.image.jpeg;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.ImageDecoder;

/** Decodes the files of a folder in a process of its own, in whose standard error a native library's lines can be seen. */
final class JpegProcess {
    private JpegProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            for (Path file : files.sorted().toList()) {
                System.out.println(file.getFileName() + " " + outcome(file));
            }
        }
    }

    private static String outcome(Path file) {
        try {
            return "read, " + ImageDecoder.readFor(8, file).image().width();
        } catch (UnreadableImageException e) {
            return "refused";
        }
    }

    /** Standard output and error together, line by line. */
    static List<String> run(Path folder) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JpegProcess.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        process.waitFor();
        return lines;
    }
}
