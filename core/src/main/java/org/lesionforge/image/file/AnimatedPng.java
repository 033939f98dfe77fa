package org.lesionforge.image.file;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.AtomicFile;

/**
 * Writes images as one animated PNG that repeats forever: lossless, and shown by all browsers; a program without
 * animation shows the first image.
 *
 * <p>Format: APNG, PNG specification third edition, sections 11.3.6 and 4.9: {@code acTL} holds the number of frames,
 * {@code fcTL} before each frame its duration, {@code fdAT} the pixels of every frame but the first.
 */
public final class AnimatedPng {
    private AnimatedPng() {}

    /**
     * Writes a file whole or not at all.
     *
     * @param frames of one size, at least one
     * @param milliseconds duration of each frame, 1 to 65535
     * @param texts as for {@link PngWriter#write(RgbImage, Map, Path)}
     * @param file replaced where it is there
     * @throws IllegalArgumentException when there are no frames, they differ in size, or the time is out of its range
     * @throws IOException when the file cannot be written
     */
    public static void write(List<RgbImage> frames, int milliseconds, Map<String, String> texts, Path file)
            throws IOException {
        AtomicFile.write(file, out -> write(frames, milliseconds, texts, out));
    }

    private static void write(List<RgbImage> frames, int milliseconds, Map<String, String> texts, OutputStream stream)
            throws IOException {
        requirePlayable(frames, milliseconds);
        DataOutputStream out = new DataOutputStream(stream);
        PngWriter.begin(out, frames.get(0), texts);
        PngWriter.chunk(out, "acTL", ints(frames.size(), 0));
        int sequence = 0;
        for (RgbImage frame : frames) {
            PngWriter.chunk(out, "fcTL", ints(sequence, frame.width(), frame.height(), 0, 0), timing(milliseconds));
            if (sequence == 0) {
                PngWriter.chunk(out, "IDAT", PngWriter.compress(frame));
                sequence++;
            } else {
                PngWriter.chunk(out, "fdAT", ints(sequence + 1), PngWriter.compress(frame));
                sequence += 2;
            }
        }
        PngWriter.chunk(out, "IEND");
        out.flush();
    }

    private static void requirePlayable(List<RgbImage> frames, int milliseconds) {
        if (frames.isEmpty() || milliseconds < 1 || milliseconds > 0xFFFF) {
            throw new IllegalArgumentException(
                    "an animated picture needs at least one frame and 1 to 65535 ms for each, got " + frames.size()
                            + " frames and " + milliseconds + " ms");
        }
        RgbImage first = frames.get(0);
        for (RgbImage frame : frames) {
            if (frame.width() != first.width() || frame.height() != first.height()) {
                throw new IllegalArgumentException("frames must have one size, got " + first.width() + "×"
                        + first.height() + " and " + frame.width() + "×" + frame.height());
            }
        }
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    /** Thousandths of a second; the frame is neither cleared afterwards nor blended with what was before it. */
    private static byte[] timing(int milliseconds) {
        return ByteBuffer.allocate(6)
                .putShort((short) milliseconds)
                .putShort((short) 1000)
                .put((byte) 0)
                .put((byte) 0)
                .array();
    }
}
