package org.lesionforge.image.file;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.UnreadableImageException;

/**
 * A PNG file whose chunks were all checked: lengths, order, checksums, and that no pixels are missing. Java's decoder,
 * which checks none of that, gets only the chunks of the still picture, so no compressed text or profile is ever
 * inflated.
 *
 * <p>Format: PNG specification, third edition, sections 5 and 7 to 11.
 */
final class PngFile {
    private static final int SIGNATURE = 8;
    /** Length, type and checksum. */
    private static final int FRAME = 12;
    /** Offset of the interlace method in IHDR. */
    private static final int INTERLACE = 12;
    /** The colour type whose samples are indices into a palette. */
    private static final int INDEXED = 3;

    private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");
    private static final Set<String> FOR_PIXELS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    /** @param start of the content in the file */
    record Chunk(String type, int start, int length) {}

    private final byte[] file;
    private final ByteBuffer bytes;
    private final List<Chunk> chunks = new ArrayList<>();

    private PngFile(byte[] file) {
        this.file = file;
        this.bytes = ByteBuffer.wrap(file);
    }

    /** @throws UnreadableImageException naming the invalid chunk */
    static PngFile of(byte[] file) throws UnreadableImageException {
        PngFile png = new PngFile(file);
        png.collectChunks();
        png.requireOrder();
        png.requireAllRows();
        return png;
    }

    /**
     * Reads only the chunks, without checking their order or the pixels.
     *
     * @throws UnreadableImageException when the file is cut short or a chunk fails its checksum
     */
    static List<Chunk> chunks(byte[] file) throws UnreadableImageException {
        PngFile png = new PngFile(file);
        png.collectChunks();
        return png.chunks;
    }

    /** The still picture, or the first of an animation; transparency over white, turned upright. */
    RgbImage decode() throws UnreadableImageException {
        BufferedImage stored = JavaReader.read(
                FileKind.PNG,
                ImageIO.getImageReadersByFormatName("png").next(),
                pixelChunks(),
                reader -> reader.read(0));
        if (colourType() == INDEXED) {
            // Java pads palettes with black.
            RgbPixels.requireInside(
                    stored.getRaster(), chunk("PLTE").map(Chunk::length).orElse(0) / 3);
        }
        return Orientation.apply(RgbPixels.of(stored), orientation());
    }

    private int orientation() {
        return chunk("eXIf")
                .map(exif -> Orientation.ofExif(file, exif.start(), exif.start() + exif.length()))
                .orElse(Orientation.UPRIGHT);
    }

    private void collectChunks() throws UnreadableImageException {
        int at = SIGNATURE;
        do {
            if (file.length - at < FRAME) {
                throw new UnreadableImageException("truncated PNG: it ends before its chunk IEND");
            }
            int length = bytes.getInt(at);
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (!type.matches("[A-Za-z]{4}")) {
                throw damaged("there is no chunk at byte " + at);
            }
            if (length < 0 || length > file.length - at - FRAME) {
                throw new UnreadableImageException("truncated PNG: chunk " + type + " claims "
                        + Integer.toUnsignedString(length) + " bytes, " + (file.length - at - FRAME) + " are left");
            }
            CRC32 crc = new CRC32();
            crc.update(file, at + 4, length + 4);
            if ((int) crc.getValue() != bytes.getInt(at + 8 + length)) {
                throw damaged("chunk " + type + " at byte " + at + " fails its checksum");
            }
            chunks.add(new Chunk(type, at + 8, length));
            at += FRAME + length;
        } while (!last().type().equals("IEND"));
    }

    private void requireOrder() throws UnreadableImageException {
        Chunk header = chunks.get(0);
        if (!header.type().equals("IHDR") || header.length() != 13 || count("IHDR") != 1) {
            throw damaged("its first chunk, and it alone, must be IHDR with 13 bytes");
        }
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            if (Character.isUpperCase(chunk.type().charAt(0)) && !CRITICAL.contains(chunk.type())) {
                throw damaged("its pixels need chunk " + chunk.type() + ", which no PNG specification has");
            }
            boolean late = i > indexOf("IDAT");
            if (late && (chunk.type().equals("PLTE") || chunk.type().equals("tRNS"))) {
                throw damaged("chunk " + chunk.type() + " stands behind the pixels that need it");
            }
            if (late && chunk.type().equals("IDAT") && !chunks.get(i - 1).type().equals("IDAT")) {
                throw damaged("chunk " + chunks.get(i - 1).type() + " stands between its chunks IDAT");
            }
        }
        requireHeader();
        boolean indexed = colourType() == INDEXED;
        Optional<Chunk> palette = chunk("PLTE");
        int length = palette.map(Chunk::length).orElse(0);
        if (count("PLTE") > 1
                || length % 3 != 0
                || length > 3 * 256
                || (indexed ? length == 0 : palette.isPresent() && length == 0)) {
            throw damaged("its palette, chunk PLTE, has " + length + " bytes");
        }
    }

    private void requireHeader() throws UnreadableImageException {
        PixelCount.require(FileKind.PNG, Integer.toUnsignedLong(width()), Integer.toUnsignedLong(height()));
        String depths =
                switch (colourType()) {
                    case 0 -> "1 2 4 8 16";
                    case 2, 4, 6 -> "8 16";
                    case INDEXED -> "1 2 4 8";
                    default -> "";
                };
        int start = chunks.get(0).start();
        if (!List.of(depths.split(" ")).contains(Integer.toString(bitDepth()))
                || file[start + 10] != 0
                || file[start + 11] != 0
                || (file[start + INTERLACE] & ~1) != 0) {
            throw damaged("chunk IHDR has colour type " + colourType() + ", " + bitDepth() + " bits, and methods "
                    + file[start + 10] + ", " + file[start + 11] + " and " + file[start + INTERLACE]
                    + ", which do not go together");
        }
    }

    /** Inflates the pixels without keeping them; zlib's own checksum is verified, too. */
    private void requireAllRows() throws UnreadableImageException {
        long expected = inflatedLength();
        Inflater inflater = new Inflater();
        try {
            byte[] rows = new byte[1 << 15];
            int next = indexOf("IDAT");
            // Data beyond the rows are not read: they may be endless.
            while (!inflater.finished() && inflater.getBytesWritten() <= expected) {
                if (inflater.inflate(rows) > 0) {
                    continue;
                }
                if (inflater.needsDictionary()) {
                    throw damaged("its pixels were deflated with a dictionary");
                }
                if (inflater.needsInput()) {
                    if (next < 0
                            || next >= chunks.size()
                            || !chunks.get(next).type().equals("IDAT")) {
                        break;
                    }
                    inflater.setInput(
                            file, chunks.get(next).start(), chunks.get(next).length());
                    next++;
                }
            }
            if (inflater.getBytesWritten() < expected) {
                throw new UnreadableImageException("truncated PNG: its pixels take " + expected + " bytes, "
                        + inflater.getBytesWritten() + " are there");
            }
        } catch (DataFormatException e) {
            throw damaged("chunk IDAT cannot be inflated: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    /** Bytes of all rows, each with its filter byte; interlaced images consist of seven smaller ones. */
    private long inflatedLength() {
        if (file[chunks.get(0).start() + INTERLACE] == 0) {
            return inflatedLength(width(), height());
        }
        long sum = 0;
        for (int pass = 0; pass < 7; pass++) {
            // Adam7: the start and the spacing of each pass.
            int left = new int[] {0, 4, 0, 2, 0, 1, 0}[pass];
            int top = new int[] {0, 0, 4, 0, 2, 0, 1}[pass];
            int across = new int[] {8, 8, 4, 4, 2, 2, 1}[pass];
            int down = new int[] {8, 8, 8, 4, 4, 2, 2}[pass];
            sum += inflatedLength((width() - left + across - 1) / across, (height() - top + down - 1) / down);
        }
        return sum;
    }

    private long inflatedLength(long width, long height) {
        int samples =
                switch (colourType()) {
                    case 2 -> 3;
                    case 4 -> 2;
                    case 6 -> 4;
                    default -> 1;
                };
        return width < 1 || height < 1 ? 0 : height * (1 + (width * samples * bitDepth() + 7) / 8);
    }

    private int width() {
        return bytes.getInt(chunks.get(0).start());
    }

    private int height() {
        return bytes.getInt(chunks.get(0).start() + 4);
    }

    private int bitDepth() {
        return file[chunks.get(0).start() + 8];
    }

    private int colourType() {
        return file[chunks.get(0).start() + 9];
    }

    private ImageInputStream pixelChunks() {
        List<InputStream> parts = new ArrayList<>();
        parts.add(new ByteArrayInputStream(file, 0, SIGNATURE));
        for (Chunk chunk : chunks) {
            if (FOR_PIXELS.contains(chunk.type())) {
                parts.add(new ByteArrayInputStream(file, chunk.start() - 8, chunk.length() + FRAME));
            }
        }
        return new MemoryCacheImageInputStream(new SequenceInputStream(Collections.enumeration(parts)));
    }

    private Chunk last() {
        return chunks.get(chunks.size() - 1);
    }

    private Optional<Chunk> chunk(String type) {
        return chunks.stream().filter(chunk -> chunk.type().equals(type)).findFirst();
    }

    private long count(String type) {
        return chunks.stream().filter(chunk -> chunk.type().equals(type)).count();
    }

    /** −1 where there is none. */
    private int indexOf(String type) {
        return chunk(type).map(chunks::indexOf).orElse(-1);
    }

    private static UnreadableImageException damaged(String how) {
        return new UnreadableImageException("damaged PNG: " + how);
    }
}
