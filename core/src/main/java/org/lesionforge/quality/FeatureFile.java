package org.lesionforge.quality;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.io.NpyArray;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.Features;

/** Features from and for other programs. */
public final class FeatureFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private FeatureFile() {}

    /** The feature vectors, float64 rounded to float32. */
    static Features read(NpyArray array) {
        int n = Math.toIntExact(array.shape()[0]);
        int d = Math.toIntExact(array.shape()[1]);
        boolean isDouble = array.valueBytes() == 8;
        float[] values = new float[Math.multiplyExact(n, d)];
        byte[] row = new byte[d * array.valueBytes()];
        ByteBuffer numbers = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) {
            array.bytes((long) i * row.length, row, 0, row.length);
            for (int k = 0; k < d; k++) {
                float value = isDouble ? (float) numbers.getDouble(k * 8) : numbers.getFloat(k * 4);
                if (!Float.isFinite(value)) {
                    throw new UnusableInputException(array.name() + " holds " + value + " in row " + i + ", column " + k
                            + "; features must be finite numbers");
                }
                values[i * d + k] = value;
            }
        }
        return new Features(n, d, values);
    }

    /** Writes n × d float32 values as {@code .npy}; {@link Source#open} reads them. */
    public static void write(Path file, Features features) throws IOException {
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + features.count() + ", "
                + features.dimensions() + "), }";
        ByteBuffer header = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).putShort((short) 118);
        header.put(String.format("%-117s\n", text).getBytes(StandardCharsets.US_ASCII));
        AtomicFile.write(file, out -> {
            out.write(header.array());
            ByteBuffer row = ByteBuffer.allocate(4 * features.dimensions()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < features.count(); i++) {
                row.asFloatBuffer().put(features.values(), i * features.dimensions(), features.dimensions());
                out.write(row.array());
            }
        });
    }
}
