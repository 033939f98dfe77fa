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
                String path = file.get().values().get(0);
                if (isOf(Path.of(path), checksum.get().values().get(0))) {
                    Setting found = new Setting(
                            checksum.get().path(),
                            List.of(path),
                            false,
                            file.get().line());
                    named.set(named.indexOf(checksum.get()), found);
                }
            }
        }
        return named;
    }

    private static Optional<Setting> find(List<Setting> settings, String key) {
        return settings.stream()
                .filter(setting -> setting.key().equals(key) && !setting.list())
                .findFirst();
    }

    private static boolean isOf(Path file, String sha256) {
        try {
            return Files.isRegularFile(file) && Sha256.of(file).equals(sha256);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
