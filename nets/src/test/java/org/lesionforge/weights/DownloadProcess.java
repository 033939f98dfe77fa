package org.lesionforge.weights;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.lesionforge.backbone.Normalisation;
import org.lesionforge.http.RetryPolicy;
import org.lesionforge.io.Progress;

/** A download in a process of its own: {@code DownloadProcess ADDRESS BYTES SHA256 CACHE} prints whether it downloaded or found the file. */
final class DownloadProcess {
    private static final RetryPolicy PATIENCE =
            new RetryPolicy(3, Duration.ofMillis(20), Duration.ofSeconds(3), Duration.ofSeconds(60));

    private DownloadProcess() {}

    public static void main(String[] arguments) throws Exception {
        KnownWeights known = new KnownWeights(
                "test",
                "inception-v3",
                "test",
                "test.pth",
                URI.create(arguments[0]),
                Long.parseLong(arguments[1]),
                arguments[2],
                "tests",
                "none",
                Normalisation.SIGNED_UNIT,
                Optional.empty());
        WeightsCache cache = new WeightsCache(Path.of(arguments[3]), HttpClient::newHttpClient, PATIENCE);
        System.out.println(cache.fetch(known, Progress.SILENT) ? "downloaded" : "found");
    }

    static Process start(KnownWeights known, Path cache) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DownloadProcess.class.getName(),
                        known.address().toString(),
                        String.valueOf(known.bytes()),
                        known.sha256(),
                        cache.toString())
                .redirectErrorStream(true)
                .start();
    }
}
