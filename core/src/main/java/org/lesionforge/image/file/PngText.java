package org.lesionforge.image.file;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.lesionforge.io.UnusableInputException;

/**
 * The text chunks of a PNG file ({@code tEXt} and uncompressed {@code iTXt}; PNG specification, 11.3.3), which hold the
 * origin of an image.
 */
public final class PngText {
    private static final int LONGEST_KEYWORD = 79;

    private PngText() {}

    /**
     * {@return the texts of {@code file} by keyword, in their order} Compressed text, which this program never writes,
     * is left out.
     *
     * @param file a PNG
     * @throws UnusableInputException when the file is missing, is not a PNG, is cut short, or one of its chunks fails
     *     its checksum
     */
    public static Map<String, String> read(Path file) {
        Map<String, String> texts = new LinkedHashMap<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 14))) {
            if (!Arrays.equals(in.readNBytes(8), PngWriter.signature())) {
                throw new UnusableInputException(file + " is not a PNG file");
            }
            String type;
            do {
                int length = in.readInt();
                if (length < 0 || length > ImageDecoder.MAX_BYTES) {
                    throw new UnusableInputException(
                            file + " is damaged: a chunk claims " + Integer.toUnsignedString(length) + " bytes");
                }
                byte[] typeBytes = in.readNBytes(4);
                byte[] content = in.readNBytes(length);
                if (typeBytes.length < 4 || content.length < length) {
                    throw new EOFException();
                }
                type = new String(typeBytes, StandardCharsets.US_ASCII);
                CRC32 crc = new CRC32();
                crc.update(typeBytes);
                crc.update(content);
                if ((int) crc.getValue() != in.readInt()) {
                    throw new UnusableInputException(file + " is damaged: chunk " + type + " fails its checksum");
                }
                collect(type, content, texts);
            } while (!type.equals("IEND"));
        } catch (EOFException e) {
            throw new UnusableInputException(file + " is cut short", e);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return Collections.unmodifiableMap(texts);
    }

    private static void collect(String type, byte[] content, Map<String, String> texts) {
        int keywordEnd = indexOfZero(content, 0);
        if (type.equals("tEXt") && keywordEnd > 0) {
            texts.put(
                    new String(content, 0, keywordEnd, StandardCharsets.ISO_8859_1),
                    new String(content, keywordEnd + 1, content.length - keywordEnd - 1, StandardCharsets.ISO_8859_1));
        } else if (type.equals("iTXt") && keywordEnd > 0) {
            collectInternational(content, keywordEnd, texts);
        }
    }

    private static void collectInternational(byte[] content, int keywordEnd, Map<String, String> texts) {
        int languageEnd = indexOfZero(content, keywordEnd + 3);
        int translationEnd = languageEnd < 0 ? -1 : indexOfZero(content, languageEnd + 1);
        // Invalid texts of other programs are skipped, as compressed ones are.
        if (translationEnd >= 0 && content[keywordEnd + 1] == 0) {
            texts.put(
                    new String(content, 0, keywordEnd, StandardCharsets.ISO_8859_1),
                    new String(
                            content, translationEnd + 1, content.length - translationEnd - 1, StandardCharsets.UTF_8));
        }
    }

    private static int indexOfZero(byte[] content, int from) {
        for (int i = from; i < content.length; i++) {
            if (content[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Writes one text as {@code tEXt} when Latin-1 holds it, else as {@code iTXt}. */
    static void write(DataOutputStream out, String keyword, String text) throws IOException {
        if (keyword.isEmpty()
                || keyword.length() > LONGEST_KEYWORD
                || !keyword.chars().allMatch(c -> c >= 32 && c < 127)
                || text.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    "a PNG text needs a keyword of 1 to 79 ASCII characters and a text without NUL, got keyword '"
                            + keyword + "'");
        }
        byte[] name = keyword.getBytes(StandardCharsets.US_ASCII);
        if (StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
            PngWriter.chunk(out, "tEXt", name, new byte[1], text.getBytes(StandardCharsets.ISO_8859_1));
        } else {
            // After the keyword: terminator, not compressed, method 0, empty language, empty translated keyword.
            PngWriter.chunk(out, "iTXt", name, new byte[5], text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
