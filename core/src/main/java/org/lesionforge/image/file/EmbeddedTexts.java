package org.lesionforge.image.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.jpeg.JpegSegments;

/**
 * The metadata of a PNG, JPEG or WebP file as searchable texts: PNG text, EXIF, XMP, IPTC, comments and C2PA manifests.
 * Nothing is interpreted, but NUL bytes are removed, so that ASCII text in UTF-16 becomes readable in either byte
 * order.
 *
 * <p>Formats: PNG specification, 11.3.3; JPEG's segments APP1 (EXIF, XMP and extended XMP: XMP specification part 3, 1.1.3), APP11 (JUMBF:
 * ISO 19566-5, D.2), APP13 and COM; chunk {@code caBX} (C2PA specification, A.3).
 */
final class EmbeddedTexts {
    /** Limit of the inflated size of all compressed texts of a file; the rest is not read, since it may be endless. */
    static final int MOST_INFLATED = 1 << 20;

    private static final int COM = 0xFE;
    private static final int APP1 = 0xE1;
    private static final int APP11 = 0xEB;
    private static final int APP13 = 0xED;
    private static final byte[] EXTENDED_XMP = latin1("http://ns.adobe.com/xmp/extension/\0");
    /** After the name: the identifier of the whole, its length, and the offset of this piece. */
    private static final int EXTENDED_XMP_HEADER = EXTENDED_XMP.length + 32 + 4 + 4;
    /** Two letters, number of the box, number of the piece; from the second piece on the box's own header again. */
    private static final int JUMBF_FIRST = 8;

    private static final int JUMBF_LATER = 16;
    private static final Set<String> WEBP_CHUNKS = Set.of("EXIF", "XMP ", "C2PA");

    /**
     * @param place as in a message: {@code PNG text}, {@code XMP}
     * @param keyword of PNG text; else empty
     */
    record Text(String place, String keyword, String text) {}

    private final byte[] file;
    private final List<Text> texts = new ArrayList<>();
    private int inflated;

    private EmbeddedTexts(byte[] file) {
        this.file = file;
    }

    /** In their order; those before the damage of a file that is damaged. */
    static List<Text> of(byte[] file) {
        EmbeddedTexts found = new EmbeddedTexts(file);
        switch (FileKind.of(Arrays.copyOf(file, Math.min(file.length, FileKind.PREFIX)))) {
            case PNG -> found.collectPng();
            case JPEG -> found.collectJpeg();
            case WEBP -> found.collectWebp();
            default -> {}
        }
        return found.texts;
    }

    private void collectPng() {
        List<PngFile.Chunk> chunks;
        try {
            chunks = PngFile.chunks(file);
        } catch (UnreadableImageException e) {
            // No command reads a file this large.
            return;
        }
        for (PngFile.Chunk chunk : chunks) {
            int end = chunk.start() + chunk.length();
            switch (chunk.type()) {
                case "tEXt", "zTXt", "iTXt" -> pngText(chunk.type(), chunk.start(), end);
                case "eXIf" -> texts.add(new Text("EXIF", "", plain(file, chunk.start(), end)));
                case "caBX" -> texts.add(new Text("C2PA manifest", "", plain(file, chunk.start(), end)));
                default -> {}
            }
        }
    }

    private void pngText(String type, int start, int end) {
        int keywordEnd = indexOfZero(start, end);
        String keyword = plain(file, start, keywordEnd);
        int at = keywordEnd + 1;
        boolean compressed = type.equals("zTXt");
        if (compressed) {
            at++;
        } else if (type.equals("iTXt")) {
            compressed = at < end && file[at] == 1;
            at = indexOfZero(Math.min(end, at + 2), end) + 1;
            at = indexOfZero(Math.min(end, at), end) + 1;
        }
        at = Math.min(at, end);
        byte[] content = compressed ? inflate(at, end) : Arrays.copyOfRange(file, at, end);
        texts.add(new Text("PNG text", keyword, plain(content, 0, content.length)));
        if (keyword.toLowerCase(Locale.ROOT).startsWith("raw profile type")) {
            byte[] profile = rawProfile(latin1(content));
            texts.add(new Text("profile in PNG text", "", plain(profile, 0, profile.length)));
        }
    }

    /**
     * How ImageMagick stores EXIF, XMP and IPTC in PNG: a name, a length, and hexadecimal digits, each on separate
     * lines.
     */
    private static byte[] rawProfile(String text) {
        String[] parts = text.strip().split("\\s+", 3);
        String digits = parts.length < 3 ? "" : parts[2].replaceAll("[^0-9A-Fa-f]", "");
        return HexFormat.of().parseHex(digits.substring(0, digits.length() / 2 * 2));
    }

    private byte[] inflate(int start, int end) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(file, start, end - start);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[1 << 13];
            while (inflated < MOST_INFLATED) {
                int count = inflater.inflate(part, 0, Math.min(part.length, MOST_INFLATED - inflated));
                if (count == 0) {
                    break;
                }
                inflated += count;
                out.write(part, 0, count);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            // An error of another program: there is no text to read.
            return new byte[0];
        } finally {
            inflater.end();
        }
    }

    private void collectJpeg() {
        StringBuilder extended = new StringBuilder();
        StringBuilder manifest = new StringBuilder();
        for (JpegSegments.Segment segment : JpegSegments.of(file)) {
            switch (segment.marker()) {
                case APP1 -> {
                    if (segment.startsWith(file, EXTENDED_XMP)) {
                        extended.append(piece(segment, EXTENDED_XMP_HEADER));
                    } else {
                        boolean exif = segment.startsWith(file, latin1("Exif\0"));
                        texts.add(new Text(exif ? "EXIF" : "XMP", "", piece(segment, 0)));
                    }
                }
                case APP11 -> manifest.append(piece(segment, manifest.isEmpty() ? JUMBF_FIRST : JUMBF_LATER));
                case APP13 -> texts.add(new Text("IPTC", "", piece(segment, 0)));
                case COM -> texts.add(new Text("JPEG comment", "", piece(segment, 0)));
                default -> {}
            }
        }
        texts.add(new Text("XMP", "", extended.toString()));
        texts.add(new Text("C2PA manifest", "", manifest.toString()));
    }

    private String piece(JpegSegments.Segment segment, int header) {
        return plain(file, Math.min(segment.end(), segment.start() + header), segment.end());
    }

    private void collectWebp() {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long at = 12;
        while (at + 8 <= file.length) {
            int start = (int) at + 8;
            String type = new String(file, start - 8, 4, StandardCharsets.ISO_8859_1);
            long length = Integer.toUnsignedLong(bytes.getInt(start - 4));
            if (WEBP_CHUNKS.contains(type)) {
                texts.add(new Text(type.strip(), "", plain(file, start, (int) Math.min(file.length, start + length))));
            }
            at = start + length + length % 2;
        }
    }

    private int indexOfZero(int from, int end) {
        int at = from;
        while (at < end && file[at] != 0) {
            at++;
        }
        return at;
    }

    private static String plain(byte[] bytes, int start, int end) {
        byte[] kept = new byte[Math.max(0, end - start)];
        int count = 0;
        for (int i = start; i < end; i++) {
            if (bytes[i] != 0) {
                kept[count++] = bytes[i];
            }
        }
        return new String(kept, 0, count, StandardCharsets.ISO_8859_1);
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
