package org.lesionforge.quality.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.NpyArray;
import org.lesionforge.io.NpyHeader;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.fidelity.Features;
import org.lesionforge.quality.source.FileFeatures.Numbers;

/** Features from and for other programs. */
public final class FeatureFile {
    /** A distance of more would need matrices of more than 2 GB, and days. */
    static final int MOST_DIMENSIONS = 16_384;

    private FeatureFile() {}

    /** The feature vectors, float64 rounded to float32; each is read once, to check that it is finite. */
    static FileFeatures open(NpyArray array) {
        int n = Math.toIntExact(array.shape()[0]);
        int d = Math.toIntExact(array.shape()[1]);
        if (d == 0 || d > MOST_DIMENSIONS) {
            throw new UnusableInputException(array.name() + " holds features of " + d + " dimensions; expected 1 to "
                    + MOST_DIMENSIONS + ", one vector a row");
        }
        boolean isDouble = array.valueBytes() == 8;
        FileFeatures features = FileFeatures.of(
                array.name(),
                array.channel(),
                new FileFeatures.Layout(
                        array.start(),
                        (long) d * array.valueBytes(),
                        n,
                        d,
                        isDouble ? Numbers.DOUBLE_LITTLE_ENDIAN : Numbers.FLOAT_LITTLE_ENDIAN));
        float[] vector = new float[d];
        for (int i = 0; i < n; i++) {
            features.read(i, vector, 0);
            for (int k = 0; k < d; k++) {
                if (!Float.isFinite(vector[k])) {
                    features.close();
                    throw new UnusableInputException(array.name() + " holds " + vector[k] + " in row " + i + ", column "
                            + k + "; features must be finite numbers");
                }
            }
        }
        return features;
    }

    /**
     * Writes features as {@code .npy}; {@link Source#open} reads them.
     *
     * @param file to replace
     * @param features written as n × d float32 values
     * @throws IOException when the file cannot be written
     */
    public static void write(Path file, Features features) throws IOException {
        AtomicFile.write(file, out -> {
            out.write(NpyHeader.bytes("<f4", features.count(), features.dimensions()));
            ByteBuffer row = ByteBuffer.allocate(4 * features.dimensions()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < features.count(); i++) {
                row.asFloatBuffer().put(features.vector(i));
                out.write(row.array());
            }
        });
    }
}
