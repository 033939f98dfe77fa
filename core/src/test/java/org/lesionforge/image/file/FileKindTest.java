package org.lesionforge.image.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileKindTest {
    /** The beginnings that the formats' specifications prescribe; {@code ~} stands for a NUL byte. */
    static Stream<Arguments> beginnings() {
        return Stream.of(
                Arguments.of("\u00FF\u00D8\u00FF\u00E0~", FileKind.JPEG),
                Arguments.of("\u0089PNG\r\n\u001A\n~~~\rIHDR", FileKind.PNG),
                Arguments.of("BM6~~~~~~~6~~~(~~~", FileKind.BMP),
                Arguments.of("GIF89a", FileKind.GIF),
                Arguments.of("GIF87a", FileKind.GIF),
                Arguments.of("II*~\b~~~", FileKind.TIFF),
                Arguments.of("MM~*~~~\b", FileKind.TIFF),
                Arguments.of("RIFF1234WEBPVP8 ", FileKind.WEBP),
                Arguments.of("~~~\u0018ftypheic~~~~mif1heic", FileKind.HEIC),
                Arguments.of("~~~\u0018ftypmif1~~~~mif1heic", FileKind.HEIC),
                Arguments.of("~~~\u0018ftypavif~~~~mif1miaf", FileKind.AVIF),
                Arguments.of("~~~\u001Cftypmif1~~~~mif1avifmiaf", FileKind.AVIF),
                Arguments.of("~~~\u0018ftypisom~~~~isommp42", FileKind.VIDEO),
                Arguments.of("~~~\u0018ftypcrx ~~~~crx isom", FileKind.CAMERA_RAW),
                Arguments.of("II*~\u0010~~~CR\u0002~", FileKind.CAMERA_RAW),
                Arguments.of("FUJIFILMCCD-RAW 0201", FileKind.CAMERA_RAW),
                Arguments.of("~~~\fjP  \r\n\u0087\n", FileKind.JPEG_2000),
                Arguments.of("\u00FFO\u00FFQ~", FileKind.JPEG_2000),
                Arguments.of("~~~\fJXL \r\n\u0087\n", FileKind.JPEG_XL),
                Arguments.of("\u00FF\n\u00FA", FileKind.JPEG_XL),
                Arguments.of("II\u00BC\u0001", FileKind.JPEG_XR),
                Arguments.of("II+~\b~~~", FileKind.BIG_TIFF),
                Arguments.of("MM~+~\b~~", FileKind.BIG_TIFF),
                Arguments.of("8BPS~\u0001", FileKind.PHOTOSHOP),
                Arguments.of("~~\u0001~\u0001~", FileKind.ICON),
                Arguments.of("P6 2 2 255 ......", FileKind.PORTABLE_MAP),
                Arguments.of("~\u0005\u0016\u0007~\u0002~~", FileKind.APPLE_DOUBLE),
                Arguments.of("PK\u0003\u0004\u0014~", FileKind.ZIP),
                Arguments.of("\u001F\u008B\b~", FileKind.ARCHIVE),
                Arguments.of("%PDF-1.7", FileKind.PDF),
                Arguments.of("~~~~~~~~~~~~~~~~", FileKind.ZEROS),
                Arguments.of("<!DOCTYPE html><html><body>Sign in", FileKind.WEB_PAGE),
                Arguments.of("\n <HTML><head>", FileKind.WEB_PAGE),
                Arguments.of("<!-- x --><html lang=en>", FileKind.WEB_PAGE),
                Arguments.of("<svg xmlns=\"\">", FileKind.SVG),
                Arguments.of("<?xml version=\"1.0\"?><svg>", FileKind.SVG),
                Arguments.of("<?xml version=\"1.0\"?><Error>", FileKind.XML),
                Arguments.of("{\"error\": 404}", FileKind.JSON),
                Arguments.of("version https://git-lfs.github.com/spec/v1\noid sha256:0", FileKind.GIT_LFS_POINTER),
                Arguments.of("/annex/objects/SHA256E-s1--0.png", FileKind.GIT_ANNEX_POINTER),
                Arguments.of("BMI;age", FileKind.TEXT),
                Arguments.of("404: Not Found", FileKind.TEXT),
                Arguments.of("\u0001\u0002\u0003\u0080", FileKind.UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void beginningsAreKnown(String beginning, FileKind expected) {
        byte[] start = beginning.replace('~', '\0').getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(expected, FileKind.of(start));
    }

    @Test
    void dicomIsKnownBehindItsPreambleAndNiftiAtTheEndOfItsHeader() {
        byte[] dicom = new byte[400];
        System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, dicom, 128, 4);
        assertEquals(FileKind.DICOM, FileKind.of(dicom));
        byte[] nifti = new byte[400];
        System.arraycopy("n+1\0".getBytes(StandardCharsets.US_ASCII), 0, nifti, 344, 4);
        assertEquals(FileKind.NIFTI, FileKind.of(nifti));
    }

    @Test
    void textMayEndInTheMiddleOfALetter() {
        byte[] text = "Melanozyten in größerer Zahl".getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length <= text.length; length++) {
            assertEquals(FileKind.TEXT, FileKind.of(Arrays.copyOf(text, length)), length + " bytes");
        }
    }

    @Test
    void aReasonSaysWhatTheFileIsAndWhatToDo() {
        assertEquals("HEIC, which is not read; convert it to PNG or JPEG", FileKind.HEIC.reason());
        assertEquals(
                "not an image: Git LFS pointer; fetch the image itself with git lfs pull",
                FileKind.GIT_LFS_POINTER.reason());
        for (FileKind kind : FileKind.values()) {
            assertEquals(kind.isRead(), kind.reason().isEmpty(), kind.name());
            assertTrue(kind.isImage() || !kind.isRead(), kind.name());
        }
    }

    @Test
    void theNameDoesNotDecide(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("lesion.jpg"), "<!doctype html>");
        assertEquals(FileKind.WEB_PAGE, FileKind.of(page));
        assertEquals(FileKind.EMPTY, FileKind.of(Files.createFile(folder.resolve("lesion.png"))));
        assertTrue(FileKind.isImageName("a.b/lesion.JPG"));
        assertFalse(FileKind.isImageName("jpg"));
        assertFalse(FileKind.isImageName("lesion.csv"));
    }
}
