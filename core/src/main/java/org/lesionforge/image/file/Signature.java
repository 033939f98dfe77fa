package org.lesionforge.image.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The first bytes of a file that identify its kind. The signatures are those of the formats' specifications. */
final class Signature {
    private static final Map<String, FileKind> BEGINNINGS = Map.ofEntries(
            Map.entry("\u00FF\u00D8\u00FF", FileKind.JPEG),
            Map.entry("\u0089PNG\r\n\u001A\n", FileKind.PNG),
            Map.entry("GIF8", FileKind.GIF),
            Map.entry("II+\0", FileKind.BIG_TIFF),
            Map.entry("MM\0+", FileKind.BIG_TIFF),
            Map.entry("\0\0\0\fjP  \r\n", FileKind.JPEG_2000),
            Map.entry("\u00FFO\u00FFQ", FileKind.JPEG_2000),
            Map.entry("\0\0\0\fJXL \r\n", FileKind.JPEG_XL),
            Map.entry("\u00FF\n", FileKind.JPEG_XL),
            Map.entry("II\u00BC", FileKind.JPEG_XR),
            Map.entry("8BPS\0", FileKind.PHOTOSHOP),
            Map.entry("gimp xcf", FileKind.GIMP),
            Map.entry("v/1\u0001", FileKind.OPEN_EXR),
            Map.entry("#?RADIANCE", FileKind.RADIANCE),
            Map.entry("#?RGBE", FileKind.RADIANCE),
            Map.entry("SIMPLE  =", FileKind.FITS),
            Map.entry("\u0093NUMPY", FileKind.NUMPY),
            Map.entry("IIRO", FileKind.CAMERA_RAW),
            Map.entry("IIRS", FileKind.CAMERA_RAW),
            Map.entry("MMOR", FileKind.CAMERA_RAW),
            Map.entry("IIU\0", FileKind.CAMERA_RAW),
            Map.entry("FUJIFILMCCD-RAW", FileKind.CAMERA_RAW),
            Map.entry("\0\0\u0001\0", FileKind.ICON),
            Map.entry("\0\0\u0002\0", FileKind.ICON),
            Map.entry("\0\u0005\u0016\u0007", FileKind.APPLE_DOUBLE),
            Map.entry("%PDF-", FileKind.PDF),
            Map.entry("%!PS", FileKind.POSTSCRIPT),
            Map.entry("PK\u0003\u0004", FileKind.ZIP),
            Map.entry("\u001F\u008B", FileKind.ARCHIVE),
            Map.entry("7z\u00BC\u00AF", FileKind.ARCHIVE),
            Map.entry("Rar!\u001A", FileKind.ARCHIVE),
            Map.entry("\u00FD7zXZ\0", FileKind.ARCHIVE),
            Map.entry("\u001AE\u00DF\u00A3", FileKind.VIDEO),
            Map.entry("version https://git-lfs.github.com/spec/", FileKind.GIT_LFS_POINTER),
            Map.entry("/annex/objects/", FileKind.GIT_ANNEX_POINTER));

    private static final List<String> PAGES =
            List.of("<!doctype html", "<html", "<head", "<body", "<script", "<meta", "<title");

    private final byte[] bytes;
    /** One character per byte. */
    private final String start;

    Signature(byte[] bytes) {
        this.bytes = bytes;
        this.start = new String(bytes, StandardCharsets.ISO_8859_1);
    }

    FileKind kind() {
        if (bytes.length == 0) {
            return FileKind.EMPTY;
        } else if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
            return at(8, "CR\u0002") ? FileKind.CAMERA_RAW : FileKind.TIFF;
        } else if (start.startsWith("RIFF")) {
            return at(8, "WEBP") ? FileKind.WEBP : at(8, "AVI ") ? FileKind.VIDEO : FileKind.UNKNOWN;
        } else if (isBitmap()) {
            return FileKind.BMP;
        } else if (at(128, "DICM") || start.startsWith("\2\0\0\0UL") || start.startsWith("\b\0\5\0CS")) {
            return FileKind.DICOM;
        } else if (at(344, "n+1\0") || at(344, "ni1\0")) {
            return FileKind.NIFTI;
        } else if (at(4, "ftyp")) {
            return boxed();
        } else if (start.matches("(?s)P[1-7][ \t\r\n#].*")) {
            return FileKind.PORTABLE_MAP;
        }
        for (Map.Entry<String, FileKind> beginning : BEGINNINGS.entrySet()) {
            if (start.startsWith(beginning.getKey())) {
                return beginning.getValue();
            }
        }
        if (start.chars().allMatch(c -> c == 0)) {
            return FileKind.ZEROS;
        }
        return isText() ? text() : FileKind.UNKNOWN;
    }

    private boolean at(int offset, String mark) {
        return start.startsWith(mark, offset);
    }

    /**
     * Two letters alone would match a table whose first column is BMI, so the size of the second header is checked,
     * too.
     */
    private boolean isBitmap() {
        if (!start.startsWith("BM")) {
            return false;
        }
        return bytes.length < 18
                ? start.indexOf(0) >= 0
                : bytes[14] >= 12 && bytes[14] <= 124 && bytes[15] == 0 && bytes[16] == 0 && bytes[17] == 0;
    }

    /** ISO base media file: its brand and its compatible brands identify the content. */
    private FileKind boxed() {
        int length = (int) Math.min(start.length(), Math.max(16, ((bytes[2] & 0xFFL) << 8) | (bytes[3] & 0xFFL)));
        String brands = start.substring(Math.min(8, length), length);
        if (brands.startsWith("crx ")) {
            return FileKind.CAMERA_RAW;
        } else if (brands.contains("avif") || brands.contains("avis")) {
            return FileKind.AVIF;
        } else if (brands.matches("(?s)(hei[cxms]|hev[cxms]|mif1|msf1).*")) {
            return FileKind.HEIC;
        } else if (brands.startsWith("jp2 ") || brands.startsWith("jpx ")) {
            return FileKind.JPEG_2000;
        }
        return FileKind.VIDEO;
    }

    /** UTF-8, perhaps cut in the middle of a letter, without control characters but white space. */
    private boolean isText() {
        boolean plain = start.chars().allMatch(c -> c >= ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f');
        int most = Math.min(3, bytes.length - 1);
        for (int cut = 0; plain && cut <= most; cut++) {
            byte[] whole = Arrays.copyOf(bytes, bytes.length - cut);
            if (Arrays.equals(new String(whole, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), whole)) {
                return true;
            }
        }
        return false;
    }

    private FileKind text() {
        String text =
                new String(bytes, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
        String lower = text.toLowerCase(Locale.ROOT);
        if (PAGES.stream().anyMatch(lower::startsWith)) {
            return FileKind.WEB_PAGE;
        } else if (lower.startsWith("<svg") || (lower.startsWith("<") && lower.contains("<svg"))) {
            return FileKind.SVG;
        } else if (lower.startsWith("<")) {
            return PAGES.stream().anyMatch(lower::contains) ? FileKind.WEB_PAGE : FileKind.XML;
        } else if (text.startsWith("{") || text.startsWith("[")) {
            return FileKind.JSON;
        }
        return FileKind.TEXT;
    }
}
