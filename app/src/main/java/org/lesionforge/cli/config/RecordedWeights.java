package org.lesionforge.cli.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionforge.io.Sha256;

/**
 * Weights recorded in a run's {@code config.json} by their checksum and file: the checksum is replaced by the file
 * where that still has the checksum.
 */
final class RecordedWeights {
    private static final List<String> KEYS = List.of("weights", "metric_weights");
    private static final String FILE = "_file";

    private RecordedWeights() {}

    /** The same settings, with files in place of checksums. */
    static List<Setting> named(List<Setting> settings) {
        List<Setting> named = new ArrayList<>(settings);
        for (String key : KEYS) {
            Optional<Setting> checksum = find(settings, key);
            Optional<Setting> file = find(settings, key + FILE);
            if (checksum.isPresent() && file.isPresent()) {
                named.remove(file.get());
                List<String> found = new ArrayList<>(checksum.get().values());
                List<String> paths = file.get().values();
                for (int i = 0; i < Math.min(found.size(), paths.size()); i++) {
                    if (isOf(Path.of(paths.get(i)), found.get(i))) {
                        found.set(i, paths.get(i));
                    }
                }
                if (!found.equals(checksum.get().values())) {
                    named.set(
                            named.indexOf(checksum.get()),
                            new Setting(
                                    checksum.get().path(),
                                    found,
                                    checksum.get().list(),
                                    file.get().line()));
                }
            }
        }
        return named;
    }

    private static Optional<Setting> find(List<Setting> settings, String key) {
        return settings.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }

    private static boolean isOf(Path file, String sha256) {
        try {
            return Files.isRegularFile(file) && Sha256.of(file).equals(sha256);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
