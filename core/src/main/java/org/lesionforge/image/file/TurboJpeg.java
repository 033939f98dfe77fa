package org.lesionforge.image.file;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_BGR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.jpeg.JpegHeader;
import org.lesionforge.image.jpeg.JpegWalk;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.NativeMemory;

/**
 * The JPEG decoder that Pillow uses, too: libjpeg-turbo with its exact cosine transform. It is several times as fast as
 * Java's and can decode at a half, a quarter or an eighth of the size directly. It is part of OpenCV, which passes its
 * rows on unchanged.
 */
final class TurboJpeg {
    static {
        NativeMemory.unlimited();
    }

    private TurboJpeg() {}

    /**
     * @param file of a {@linkplain JpegHeader#usual usual} kind, found whole by {@link JpegWalk}: libjpeg fills missing
     *     parts with grey and only writes to the process's standard error
     * @param end behind its end mark
     * @param reduction 1, 2, 4 or 8; each side becomes the side divided by it, rounded up
     * @return empty when the file has an error, which Java's decoder then reports
     * @throws MissingRequirementException when the library cannot be loaded
     */
    static Optional<RgbImage> decode(byte[] file, int end, int reduction) {
        int flags = flags(reduction);
        try {
            return decode(new BytePointer(end).put(file, 0, end), flags);
        } catch (LinkageError e) {
            throw new MissingRequirementException(
                    "the decoder of JPEG files cannot be loaded on this machine (" + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + "): " + e.getMessage()
                            + "; build with -Dnatives=… for this platform, see docs/guide/install.md",
                    e);
        }
    }

    private static Optional<RgbImage> decode(BytePointer data, int flags) {
        try (data;
                Mat encoded = new Mat(1, Math.toIntExact(data.capacity()), CV_8UC1, data);
                Mat image = imdecode(encoded, flags)) {
            return image.empty() ? Optional.empty() : Optional.of(pixels(image));
        }
    }

    private static int flags(int reduction) {
        int fraction =
                switch (reduction) {
                    case 1 -> 0;
                    case 2 -> IMREAD_REDUCED_COLOR_2;
                    case 4 -> IMREAD_REDUCED_COLOR_4;
                    case 8 -> IMREAD_REDUCED_COLOR_8;
                    default -> throw new IllegalArgumentException("a reduction is 1, 2, 4 or 8, got " + reduction);
                };
        // The modes with a reduced size return blue first, too.
        return (fraction & ~IMREAD_COLOR_BGR) | IMREAD_COLOR_RGB | IMREAD_IGNORE_ORIENTATION;
    }

    private static RgbImage pixels(Mat image) {
        byte[] pixels = new byte[3 * image.rows() * image.cols()];
        image.data().get(pixels);
        return RgbImage.wrap(image.cols(), image.rows(), pixels);
    }
}
