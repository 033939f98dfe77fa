package org.lesionforge.image.file;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.NativeMemory;

/**
 * A WebP file, decoded by Google's libwebp, which Pillow uses, too. It is part of OpenCV.
 *
 * <p>Format: WebP container specification. Of an animation the first frame is read.
 */
final class WebpFile {
    private static final int HEADER = 12;

    static {
        NativeMemory.unlimited();
    }

    private WebpFile() {}

    static RgbImage decode(byte[] file) throws UnreadableImageException {
        PixelCount.requireAtStart(FileKind.WEBP, file);
        int orientation = orientationOfWhole(file);
        try (BytePointer data = new BytePointer(file);
                Mat encoded = new Mat(1, file.length, CV_8UC1, data);
                Mat image = imdecode(encoded, IMREAD_UNCHANGED)) {
            if (image.empty()) {
                throw new UnreadableImageException("damaged WebP: its pixels cannot be decoded");
            }
            return Orientation.apply(overWhite(image), orientation);
        } catch (LinkageError e) {
            throw new MissingRequirementException(
                    "the decoder of WebP files cannot be loaded on this machine (" + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + "): " + e.getMessage()
                            + "; build with -Dnatives=… for this platform, see docs/guide/install.md",
                    e);
        }
    }

    /** Checks by all chunks that the file is complete. */
    private static int orientationOfWhole(byte[] file) throws UnreadableImageException {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long end = 8 + Integer.toUnsignedLong(bytes.getInt(4));
        // A missing padding byte at the end is accepted.
        if (end > file.length + 1L) {
            throw new UnreadableImageException(
                    "truncated WebP: it claims " + end + " bytes, " + file.length + " are there");
        }
        int orientation = Orientation.UPRIGHT;
        long at = HEADER;
        while (at + 8 <= end && at + 8 <= file.length) {
            int start = (int) at + 8;
            String type = new String(file, start - 8, 4, StandardCharsets.US_ASCII);
            long length = Integer.toUnsignedLong(bytes.getInt(start - 4));
            if (length > file.length - start) {
                throw new UnreadableImageException("truncated WebP: chunk " + type.strip() + " claims " + length
                        + " bytes, " + (file.length - start) + " are left");
            }
            if (type.equals("EXIF")) {
                orientation = Orientation.ofExif(file, start, start + (int) length);
            }
            at = start + length + length % 2;
        }
        return orientation;
    }

    private static RgbImage overWhite(Mat image) {
        int channels = image.channels();
        byte[] blueFirst = new byte[channels * image.rows() * image.cols()];
        image.data().get(blueFirst);
        byte[] pixels = new byte[3 * image.rows() * image.cols()];
        for (int in = 0, out = 0; out < pixels.length; in += channels, out += 3) {
            int alpha = channels == 4 ? blueFirst[in + 3] & 0xFF : 255;
            for (int c = 0; c < 3; c++) {
                int value = blueFirst[in + 2 - c] & 0xFF;
                pixels[out + c] = (byte) Math.round((value * alpha + 255 * (255 - alpha)) / 255.0);
            }
        }
        return RgbImage.wrap(image.cols(), image.rows(), pixels);
    }
}
