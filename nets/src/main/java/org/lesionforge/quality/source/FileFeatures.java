package org.lesionforge.quality.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.lesionforge.io.FileBytes;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.fidelity.Features;

/** Feature vectors that stay in their file and are read when they are used: any number of them takes no memory. */
public final class FileFeatures implements Features, Closeable {
    /** How numbers stand in the file. */
    enum Numbers {
        FLOAT_LITTLE_ENDIAN(4, ByteOrder.LITTLE_ENDIAN),
        /** Rounded to float32 when read. */
        DOUBLE_LITTLE_ENDIAN(8, ByteOrder.LITTLE_ENDIAN);

        private final int bytes;
        private final ByteOrder order;

        Numbers(int bytes, ByteOrder order) {
            this.bytes = bytes;
            this.order = order;
        }
    }

    /**
     * @param start position of the first vector, in bytes
     * @param stride from one vector to the next, in bytes
     */
    record Layout(long start, long stride, int count, int dimensions, Numbers numbers) {}

    private final String name;
    private final Layout layout;
    private final FileChannel channel;

    private FileFeatures(String name, FileChannel channel, Layout layout) {
        this.name = name;
        this.channel = channel;
        this.layout = layout;
    }

    /** @param channel of a file that is open already; closed with the features */
    static FileFeatures of(String name, FileChannel channel, Layout layout) {
        return new FileFeatures(name, channel, layout);
    }

    @Override
    public int count() {
        return layout.count;
    }

    @Override
    public int dimensions() {
        return layout.dimensions;
    }

    /** @throws UnusableInputException when the file cannot be read any more */
    @Override
    public void read(int i, float[] target, int offset) {
        if (i < 0 || i >= layout.count) {
            throw new IndexOutOfBoundsException("vector " + i + " of " + layout.count);
        }
        ByteBuffer vector =
                ByteBuffer.allocate(layout.dimensions * layout.numbers.bytes).order(layout.numbers.order);
        try {
            FileBytes.fill(vector, channel, layout.start + i * layout.stride);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read features from " + name + ": " + e.getMessage(), e);
        }
        vector.flip();
        if (layout.numbers == Numbers.DOUBLE_LITTLE_ENDIAN) {
            for (int k = 0; k < layout.dimensions; k++) {
                target[offset + k] = (float) vector.getDouble();
            }
        } else {
            vector.asFloatBuffer().get(target, offset, layout.dimensions);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + name, e);
        }
    }
}
