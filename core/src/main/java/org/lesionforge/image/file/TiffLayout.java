package org.lesionforge.image.file;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.lesionforge.image.UnreadableImageException;

/**
 * The layout of the first picture of a TIFF file. It is checked before decoding: the file must be complete, and a
 * layout that would be read incorrectly is refused with its name.
 *
 * @param colours samples of a pixel that are colours: 1 for gray and palettes, 3, or 4 for CMYK
 * @param alphaBand which sample is the opacity, −1 for none
 * @param premultiplied whether the colours are multiplied by the opacity already
 * @param orientation as in EXIF
 */
record TiffLayout(
        int width,
        int height,
        int bits,
        SampleRange.Format format,
        boolean cmyk,
        int colours,
        int alphaBand,
        boolean premultiplied,
        int orientation) {
    private static final int SUBFILE_TYPE = 254;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSETS = 273;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_LENGTHS = 279;
    private static final int PLANAR = 284;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int SUB_DIRECTORIES = 330;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;
    private static final int YCBCR_SUBSAMPLING = 530;
    private static final int DNG_VERSION = 50706;

    private static final int UNCOMPRESSED = 1;
    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int CMYK = 5;
    private static final int YCBCR = 6;

    /** Deflate has two codes; CCITT has 2 to 4. */
    private static final Map<Integer, String> COMPRESSIONS = Map.of(
            1,
            "none",
            2,
            "CCITT RLE",
            3,
            "CCITT group 3",
            4,
            "CCITT group 4",
            5,
            "LZW",
            7,
            "JPEG",
            8,
            "Deflate",
            32773,
            "PackBits",
            32946,
            "Deflate");

    private static final Map<Integer, String> OTHER_COMPRESSIONS = Map.of(
            6,
            "old-style JPEG",
            33003,
            "JPEG 2000",
            33005,
            "JPEG 2000",
            34712,
            "JPEG 2000",
            34661,
            "JBIG",
            34887,
            "LERC",
            34925,
            "LZMA",
            50000,
            "Zstandard",
            50001,
            "WebP",
            50002,
            "JPEG XL");

    private static final Map<Integer, String> OTHER_PHOTOMETRICS = Map.of(
            4,
            "a transparency mask",
            8,
            "CIE L*a*b*",
            9,
            "ICC L*a*b*",
            10,
            "ITU L*a*b*",
            32803,
            "a camera's colour filter array",
            34892,
            "a camera's linear raw",
            32844,
            "LogL",
            32845,
            "LogLuv");

    /**
     * @throws UnreadableImageException when the file is cut short or its layout is not supported; names it and the
     * remedy
     */
    static TiffLayout of(FileKind kind, byte[] file) throws UnreadableImageException {
        try {
            TiffDirectory directory = TiffDirectory.of(ByteBuffer.wrap(file));
            return new Reading(kind, directory, file.length).layout();
        } catch (IndexOutOfBoundsException e) {
            throw new UnreadableImageException("truncated " + kind.title(), e);
        }
    }

    private record Reading(FileKind kind, TiffDirectory directory, long fileLength) {
        TiffLayout layout() throws UnreadableImageException {
            long width = directory.value(WIDTH, 0);
            long height = directory.value(HEIGHT, 0);
            PixelCount.require(kind, width, height);
            boolean preview = (directory.value(SUBFILE_TYPE, 0) & 1) != 0 && directory.has(SUB_DIRECTORIES);
            if (preview || directory.has(DNG_VERSION)) {
                throw new UnreadableImageException(FileKind.CAMERA_RAW.reason());
            }
            int compression = (int) directory.value(COMPRESSION, UNCOMPRESSED);
            if (!COMPRESSIONS.containsKey(compression)) {
                throw unsupported(
                        "compressed with " + OTHER_COMPRESSIONS.getOrDefault(compression, "method " + compression));
            }
            int photometric = (int) directory.value(PHOTOMETRIC, -1);
            int colours =
                    switch (photometric) {
                        case WHITE_IS_ZERO, BLACK_IS_ZERO, PALETTE -> 1;
                        case RGB, YCBCR -> 3;
                        case CMYK -> 4;
                        default ->
                            throw unsupported("of "
                                    + OTHER_PHOTOMETRICS.getOrDefault(photometric, "colours of kind " + photometric));
                    };
            int samples = (int) Math.min(directory.value(SAMPLES, 1), 1 << 16);
            int bits = bits(samples);
            SampleRange.Format format = format(bits);
            requireUsual(photometric, colours, samples, bits, format);
            requireWhole((int) width, (int) height, samples, bits, compression);
            int alpha = alpha(colours, samples);
            return new TiffLayout(
                    (int) width,
                    (int) height,
                    bits,
                    format,
                    photometric == CMYK,
                    colours,
                    alpha < 0 ? -1 : colours + alpha,
                    alpha >= 0 && directory.values(EXTRA_SAMPLES)[alpha] == 1,
                    Orientation.valid(directory.value(ORIENTATION, Orientation.UPRIGHT)));
        }

        private int bits(int samples) throws UnreadableImageException {
            long[] bits = directory.has(BITS) ? directory.values(BITS) : new long[] {1};
            if (bits.length == 0 || Arrays.stream(bits).limit(samples).anyMatch(b -> b != bits[0])) {
                throw unsupported("with samples of different sizes");
            }
            return (int) Math.min(bits[0], 1 << 16);
        }

        private SampleRange.Format format(int bits) throws UnreadableImageException {
            long[] formats = directory.values(SAMPLE_FORMAT);
            long first = formats.length == 0 ? 1 : formats[0];
            if (Arrays.stream(formats).anyMatch(f -> f != first)) {
                throw unsupported("with samples of different formats");
            }
            if (first == 3 && (bits == 16 || bits == 32 || bits == 64)) {
                return SampleRange.Format.FLOAT;
            } else if (first == 2 && (bits == 16 || bits == 32)) {
                return SampleRange.Format.SIGNED;
            } else if ((first == 1 || first == 4) && bits >= 1 && (bits <= 16 || bits == 32)) {
                return SampleRange.Format.UNSIGNED;
            }
            String name =
                    first == 1 ? "unsigned " : first == 2 ? "signed " : first == 3 ? "floating point " : "complex ";
            throw unsupported("with " + name + "samples of " + bits + " bits");
        }

        private void requireUsual(int photometric, int colours, int samples, int bits, SampleRange.Format format)
                throws UnreadableImageException {
            long planar = directory.value(PLANAR, 1);
            if (samples < colours || samples > 16 || (planar != 1 && planar != 2)) {
                throw new UnreadableImageException(
                        "damaged " + kind.title() + ": " + samples + " samples a pixel in arrangement " + planar);
            }
            if (samples > colours && colours == 4) {
                throw unsupported("of CMYK with " + samples + " channels");
            }
            // Java's decoder confuses the channels of colours in less than a byte.
            boolean small = bits < 8 && (colours > 1 || samples > 1);
            boolean odd = bits < 8 && bits != 1 && bits != 2 && bits != 4;
            boolean wide = photometric != BLACK_IS_ZERO
                    && photometric != RGB
                    && (bits > 16 || format != SampleRange.Format.UNSIGNED);
            boolean palette = photometric == PALETTE && (samples > 1 || bits > 16);
            if (small || odd || wide || palette) {
                throw unsupported(
                        "with " + samples + " samples of " + bits + " bits a pixel and colours of kind " + photometric);
            }
        }

        /** Which of the samples behind the colours is an opacity, 1 premultiplied or 2 not; −1 for none, as in Pillow. */
        private int alpha(int colours, int samples) {
            long[] extra = directory.values(EXTRA_SAMPLES);
            for (int i = 0; i < Math.min(extra.length, samples - colours); i++) {
                if (extra[i] == 1 || extra[i] == 2) {
                    return i;
                }
            }
            return -1;
        }

        private void requireWhole(int width, int height, int samples, int bits, int compression)
                throws UnreadableImageException {
            boolean tiled = directory.has(TILE_WIDTH);
            long across = tiled ? directory.value(TILE_WIDTH, 0) : width;
            long down =
                    tiled ? directory.value(TILE_HEIGHT, 0) : Math.min(height, directory.value(ROWS_PER_STRIP, height));
            if (across < 1
                    || down < 1
                    || across > ImageDecoder.MAX_PIXELS
                    || across * down > 4 * ImageDecoder.MAX_PIXELS) {
                throw new UnreadableImageException(
                        "damaged " + kind.title() + ": parts of " + across + "×" + down + " pixels");
            }
            boolean planar = directory.value(PLANAR, 1) == 2;
            long perPlane = (width + across - 1) / across * ((height + down - 1) / down);
            long parts = perPlane * (planar ? samples : 1);
            long[] offsets = directory.values(tiled && directory.has(TILE_OFFSETS) ? TILE_OFFSETS : STRIP_OFFSETS);
            long[] lengths = directory.values(tiled && directory.has(TILE_LENGTHS) ? TILE_LENGTHS : STRIP_LENGTHS);
            if (offsets.length < parts) {
                throw new UnreadableImageException("truncated " + kind.title() + ": " + offsets.length + " of " + parts
                        + " parts of its picture are there");
            }
            for (int i = 0; i < parts; i++) {
                long rows = tiled ? down : Math.min(down, height - i % perPlane * down);
                // The length of uncompressed data follows from the layout, whatever the file states.
                long length = compression == UNCOMPRESSED
                        ? uncompressed(across, rows, planar ? 1 : samples, bits)
                        : i < lengths.length ? lengths[i] : 0;
                if (offsets[i] < 8 || length < 1 || offsets[i] > fileLength - length) {
                    throw new UnreadableImageException(
                            "truncated " + kind.title() + ": part " + (i + 1) + " of " + parts + " lies in bytes "
                                    + offsets[i] + " to " + (offsets[i] + length) + ", the file has " + fileLength);
                }
            }
        }

        private long uncompressed(long width, long rows, int samples, int bits) {
            long[] subsampling = directory.values(YCBCR_SUBSAMPLING);
            if (directory.value(PHOTOMETRIC, -1) == YCBCR && samples == 3) {
                long across = subsampling.length < 2 ? 2 : Math.max(1, subsampling[0]);
                long down = subsampling.length < 2 ? 2 : Math.max(1, subsampling[1]);
                return (width + across - 1) / across * ((rows + down - 1) / down) * (across * down + 2) * bits / 8;
            }
            return rows * ((width * samples * bits + 7) / 8);
        }

        private UnreadableImageException unsupported(String what) {
            return new UnreadableImageException(kind.title() + " " + what + ", which is not read; convert it to PNG");
        }
    }
}
