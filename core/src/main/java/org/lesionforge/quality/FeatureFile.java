package org.lesionforge.quality;

import java.io.IOException;
import java.nio.file.Path;
import org.lesionforge.metric.Features;

/** Features for other programs. */
public final class FeatureFile {
    private FeatureFile() {}

    /** Writes n × d float32 values as {@code .npy}; {@link Source#open} reads them. */
    public static void write(Path file, Features features) throws IOException {
        NpyArray.write(file, features);
    }
}
