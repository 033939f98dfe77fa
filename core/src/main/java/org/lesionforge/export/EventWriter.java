package org.lesionforge.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event file: records of {@code length, masked CRC-32C of it, data, masked CRC-32C of it}, whose data are
 * {@code tensorflow.Event} messages. Formats: TensorFlow's {@code lib/io/record_writer.h}, {@code util/event.proto},
 * {@code framework/summary.proto}, {@code framework/tensor.proto}.
 */
final class EventWriter {
    /** Of an Event. */
    private static final int WALL_TIME = 1;

    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;

    /** Of a Summary. */
    private static final int VALUE = 1;

    /** Of a Summary.Value. */
    private static final int TAG = 1;

    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;
    private static final int TENSOR = 8;
    private static final int METADATA = 9;

    /** The type of a tensor of texts. */
    private static final int DT_STRING = 7;

    private static final int COLOURS = 3;

    private final OutputStream out;
    private final double wallTime;

    /**
     * Writes the first record.
     *
     * @param out left open
     * @param wallTime of all events, in seconds since 1970
     */
    EventWriter(OutputStream out, double wallTime) throws IOException {
        this.out = out;
        this.wallTime = wallTime;
        record(new Protobuf().float64(WALL_TIME, wallTime).text(FILE_VERSION, "brain.Event:2"));
    }

    /** @param values by tag, at least one */
    void scalars(long step, Map<String, Double> values) throws IOException {
        Protobuf summary = new Protobuf();
        values.forEach((tag, value) ->
                summary.message(VALUE, new Protobuf().text(TAG, tag).float32(SIMPLE_VALUE, value.floatValue())));
        event(step, summary);
    }

    /** @param png an encoded RGB image */
    void image(long step, String tag, byte[] png, int width, int height) throws IOException {
        Protobuf image = new Protobuf()
                .integer(1, height)
                .integer(2, width)
                .integer(3, COLOURS)
                .bytes(4, png);
        event(step, new Protobuf().message(VALUE, new Protobuf().text(TAG, tag).message(IMAGE, image)));
    }

    /** @param markdown shown by TensorBoard's page for texts */
    void text(long step, String tag, String markdown) throws IOException {
        Protobuf shape = new Protobuf().message(2, new Protobuf().integer(1, 1));
        Protobuf tensor = new Protobuf().integer(1, DT_STRING).message(2, shape).text(8, markdown);
        Protobuf plugin = new Protobuf().message(1, new Protobuf().text(1, "text"));
        event(
                step,
                new Protobuf()
                        .message(
                                VALUE,
                                new Protobuf()
                                        .text(TAG, tag)
                                        .message(METADATA, plugin)
                                        .message(TENSOR, tensor)));
    }

    private void event(long step, Protobuf summary) throws IOException {
        record(new Protobuf().float64(WALL_TIME, wallTime).integer(STEP, step).message(SUMMARY, summary));
    }

    private void record(Protobuf message) throws IOException {
        byte[] data = message.toBytes();
        byte[] length = little(Long.BYTES).putLong(data.length).array();
        out.write(length);
        out.write(checksum(length));
        out.write(data);
        out.write(checksum(data));
    }

    /** Masked, so that a checksum of data that hold checksums stays a good one. */
    private static byte[] checksum(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        int value = (int) crc.getValue();
        return little(Integer.BYTES)
                .putInt(Integer.rotateRight(value, 15) + 0xa282ead8)
                .array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
