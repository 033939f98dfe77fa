package org.lesionforge.isic;

import java.nio.file.Path;
import java.util.List;
import org.lesionforge.io.Progress;

/** A fetch in a process of its own, to be killed: {@code FetchProcess ADDRESS OUT}. */
final class FetchProcess {
    private FetchProcess() {}

    public static void main(String[] arguments) throws Exception {
        FetchResult result = new Fetch(
                        Archive.at(arguments[0], Progress.SILENT),
                        FetchOptions.of(new IsicQuery("", List.of()), Path.of(arguments[1])),
                        question -> false,
                        Progress.SILENT)
                .run();
        System.out.println(result.images() + " images, " + result.missing().size() + " missing, heap "
                + Runtime.getRuntime().totalMemory() / 1_000_000 + " MB");
    }

    static Process start(String address, Path out, String heap) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FetchProcess.class.getName(),
                        address,
                        out.toString())
                .redirectErrorStream(true)
                .start();
    }
}
