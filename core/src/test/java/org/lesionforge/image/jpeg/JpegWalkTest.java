package org.lesionforge.image.jpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesionforge.image.jpeg.FlatJpeg.FLAT;
import static org.lesionforge.image.jpeg.FlatJpeg.flat;
import static org.lesionforge.image.jpeg.JpegAssertions.assertRefused;
import static org.lesionforge.image.jpeg.JpegAssertions.assertWhole;
import static org.lesionforge.image.jpeg.JpegFiles.data;
import static org.lesionforge.image.jpeg.JpegFiles.hex;
import static org.lesionforge.image.jpeg.JpegFiles.indexOf;
import static org.lesionforge.image.jpeg.JpegFiles.inserted;
import static org.lesionforge.image.jpeg.JpegFiles.joined;
import static org.lesionforge.image.jpeg.JpegFiles.without;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SharedFolder;
import org.lesionforge.image.UnreadableImageException;
import org.lesionforge.image.file.ImageDecoder;

class JpegWalkTest {
    private static final byte[] END = hex("ffd9");

    @TempDir
    Path folder;

    @Test
    void everyTruncationOfEveryKindIsRefused() throws Exception {
        for (Map.Entry<String, byte[]> kind : JpegFiles.sevenKinds().entrySet()) {
            byte[] whole = kind.getValue();
            assertEquals(whole.length, assertWhole(whole).end(), kind.getKey());
            for (int length = 3; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                UnreadableImageException e = assertThrows(
                        UnreadableImageException.class,
                        () -> ImageDecoder.decode(cut),
                        kind.getKey() + " of " + whole.length + " bytes cut at " + length);
                assertEquals("truncated JPEG", e.getMessage());
            }
        }
    }

    @Test
    void anEndMarkDoesNotMakeACutFileWhole() throws Exception {
        for (Map.Entry<String, byte[]> kind : JpegFiles.sevenKinds().entrySet()) {
            byte[] whole = kind.getValue();
            for (int length = 3; length < whole.length - 2; length++) {
                byte[] cut = joined(Arrays.copyOf(whole, length), END);
                assertThrows(
                        UnreadableImageException.class,
                        () -> ImageDecoder.decode(cut),
                        kind.getKey() + " of " + whole.length + " bytes cut at " + length);
            }
        }
    }

    @Test
    void whatFollowsTheEndMarkIsNotDamage() throws Exception {
        for (byte[] whole : JpegFiles.sevenKinds().values()) {
            byte[] pixels = ImageDecoder.decode(whole).pixels();
            for (byte[] tail : List.of(new byte[1], whole, Arrays.copyOf(whole, whole.length / 2), new byte[5000])) {
                byte[] followed = joined(whole, tail);
                assertEquals(whole.length, JpegWalk.of(followed).end());
                assertArrayEquals(pixels, ImageDecoder.decode(followed).pixels());
            }
        }
    }

    @Test
    void halfAFileFollowedByTheWholeIsRefused() throws Exception {
        for (byte[] whole : JpegFiles.sevenKinds().values()) {
            int scans = data(whole);
            for (int at = scans; at < whole.length - 2; at += 97) {
                assertRefused("JPEG", joined(Arrays.copyOf(whole, at), whole));
            }
        }
    }

    @Test
    void aTailOfZerosIsRefused() throws Exception {
        for (byte[] whole : JpegFiles.sevenKinds().values()) {
            for (int at = data(whole); at < whole.length - 2; at += 53) {
                byte[] sparse = Arrays.copyOf(Arrays.copyOf(whole, at), whole.length);
                assertRefused("JPEG", sparse);
                assertRefused("JPEG", joined(sparse, END));
            }
        }
    }

    @Test
    void bytesThatComeTwiceAreRefused() throws Exception {
        for (Map.Entry<String, byte[]> kind : JpegFiles.sevenKinds().entrySet()) {
            byte[] whole = kind.getValue();
            int start = data(whole);
            for (int at = start; at < whole.length - 130; at += 101) {
                assertRefused("JPEG", inserted(whole, at, Arrays.copyOfRange(whole, at, at + 128)));
            }
        }
    }

    @Test
    void restartMarkersCountInOrder() throws Exception {
        byte[] whole = JpegFiles.sevenKinds().get("restart markers");
        int first = indexOf(whole, 0xD0, 1, 2);
        int second = indexOf(whole, 0xD1, 1, first);
        byte[] swapped = whole.clone();
        swapped[first + 1] = whole[second + 1];
        swapped[second + 1] = whole[first + 1];
        assertRefused("damaged JPEG: marker FFD1 at byte " + first + " where restart marker 0 belongs", swapped);
        assertRefused("damaged JPEG: ", without(whole, first, 2));
        assertRefused("damaged JPEG: ", without(whole, first, second - first));
        assertRefused("damaged JPEG: marker FFD0 at byte " + (first + 2), inserted(whole, first, hex("ffd0")));
        int third = indexOf(whole, 0xD2, 1, second);
        assertRefused("damaged JPEG: marker FFD2", without(whole, second + 2, third - second - 2));
        byte[] without = without(whole, indexOf(whole, 0xDD, 1, 2), 6);
        assertRefused("damaged JPEG: marker FFD0 at byte " + (first - 6) + " before the end of unit 3 of 9", without);
    }

    @Test
    void whatIsNotTheDataIsNotDamage() throws Exception {
        byte[] whole = JpegFiles.sevenKinds().get("4:2:0");
        byte[] pixels = ImageDecoder.decode(whole).pixels();
        int frame = indexOf(whole, 0xC0, 1, 2);
        byte[] badProfile = inserted(whole, frame, hex("ffe2 0012 4943435f50524f46494c4500 0907 1234"));
        byte[] badExif = inserted(whole, frame, hex("ffe1 000a 457869660000 ffff"));
        byte[] filledUp = inserted(whole, frame, hex("ffec 0004 1234 0000"));
        byte[] comment = inserted(whole, frame, hex("fffe 0006 ffd8ffd9"));
        byte[] fill = inserted(whole, frame, hex("ffffff"));
        byte[] fillBeforeEnd = inserted(whole, whole.length - 2, hex("ffff"));
        byte[] versionTwo = whole.clone();
        versionTwo[indexOf(whole, 0xE0, 1, 2) + 9] = 2;
        for (byte[] file : List.of(badProfile, badExif, filledUp, comment, fill, fillBeforeEnd, versionTwo)) {
            assertWhole(file);
            assertArrayEquals(pixels, ImageDecoder.decode(file).pixels());
        }
        assertFalse(JpegHeader.of(versionTwo).orElseThrow().usual(), "libjpeg would print that it does not know it");
    }

    @Test
    void nothingOfLibjpegReachesStandardError() throws Exception {
        byte[] whole = JpegFiles.sevenKinds().get("4:2:0");
        byte[] versionTwo = whole.clone();
        versionTwo[indexOf(whole, 0xE0, 1, 2) + 9] = 2;
        byte[] notSequential = whole.clone();
        notSequential[data(whole) - 2] = 0;
        byte[] filledUp = inserted(whole, indexOf(whole, 0xC0, 1, 2), new byte[2]);
        byte[] unknownTransform = inserted(whole, 2, hex("ffee000e41646f626500640000000007"));
        byte[] overfilled = flat("c0", 32, 8, FLAT.repeat(4) + "1".repeat(8));
        byte[] cut = joined(Arrays.copyOf(whole, whole.length / 2), END);
        List<byte[]> files = List.of(
                versionTwo,
                notSequential,
                filledUp,
                unknownTransform,
                overfilled,
                cut,
                JpegFiles.sevenKinds().get("progressive"));
        for (int i = 0; i < files.size(); i++) {
            Files.write(folder.resolve(i + ".jpg"), files.get(i));
        }
        assertEquals(
                List.of(
                        "0.jpg read, 45",
                        "1.jpg read, 45",
                        "2.jpg read, 45",
                        "3.jpg read, 45",
                        "4.jpg read, 32",
                        "5.jpg refused",
                        "6.jpg read, 23"),
                JpegProcess.run(folder));
    }

    @Test
    void progressiveFilesAndRestartMarkersHaveThePixelsOfJavasDecoder() throws Exception {
        BufferedImage picture = JpegFiles.picture(61, 47, BufferedImage.TYPE_3BYTE_BGR);
        byte[] plain =
                ImageDecoder.decode(JpegFiles.written(picture, false, 2, 0)).pixels();
        for (byte[] file : List.of(JpegFiles.written(picture, true, 2, 0), JpegFiles.written(picture, false, 2, 3))) {
            assertTrue(JpegHeader.of(file).orElseThrow().usual());
            assertArrayEquals(plain, ImageDecoder.decode(file).pixels());
        }
    }

    @Test
    void notOneOfThePhotographsIsRefused() throws Exception {
        Path data = SharedFolder.require().resolve("data");
        List<String> refused = new ArrayList<>();
        int files = 0;
        for (String set : List.of("ham10000_224", "isic2017_256")) {
            for (Path file : jpegs(data.resolve(set))) {
                files++;
                try {
                    JpegWalk.of(Files.readAllBytes(file));
                } catch (UnreadableImageException e) {
                    refused.add(file + ": " + e.getMessage());
                }
            }
        }
        assertEquals(List.of(), refused);
        assertEquals(6163, files);
    }

    @Test
    void damagedFilesSeenInTheWildAreRefused() throws Exception {
        Path cases = SharedFolder.require().resolve("cases");
        List<Path> cut = jpegs(cases.resolve("jpeg-cut-accepted"));
        assertEquals(14, cut.size());
        for (Path file : cut) {
            assertRefused("truncated JPEG", Files.readAllBytes(file));
        }
        Path damaged = cases.resolve("jpeg-damaged/a");
        assertRefused("marker FFD8 at byte 2500", Files.readAllBytes(damaged.resolve("concat.jpg")));
        assertRefused("surplus bytes", Files.readAllBytes(damaged.resolve("dup_block.jpg")));
        assertRefused("surplus bytes", Files.readAllBytes(damaged.resolve("prog_zerotail.jpg")));
        assertWhole(Files.readAllBytes(damaged.resolve("ok.jpg")));
    }

    private static List<Path> jpegs(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
    }
}
