package org.lesionforge.data.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lesionforge.io.UnusableInputException;

/** The text of a table file. */
final class CsvText {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CsvText() {}

    /**
     * @throws UnusableInputException when it is not UTF-8 text; the message names its format and the one to save it in
     */
    static String of(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
        if (bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3) {
            throw new UnusableInputException(
                    file
                            + " is a workbook (.xlsx) or another archive, not a table as text; save the sheet as \"CSV UTF-8\"");
        }
        if (isUtf16(bytes)) {
            throw new UnusableInputException(file + " is UTF-16 text; save it as \"CSV UTF-8\"");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            int nul = text.indexOf('\0');
            if (nul >= 0) {
                throw new UnusableInputException(
                        file + " line " + text.substring(0, nul + 1).lines().count()
                                + " holds a NUL character, so the file is damaged; save it as \"CSV UTF-8\" again");
            }
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            // Replacing invalid bytes could split a class in two or invent a label.
            throw new UnusableInputException(file + " is not UTF-8 text; save it as \"CSV UTF-8\"", e);
        }
    }

    /** By its byte order mark, or because every other byte is 0, as for mostly ASCII text. */
    private static boolean isUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        if ((first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF)) {
            return true;
        }
        int zeros = 0;
        int looked = Math.min(bytes.length, 1000);
        for (int i = 0; i < looked; i++) {
            zeros += bytes[i] == 0 ? 1 : 0;
        }
        return zeros > looked / 3;
    }
}
