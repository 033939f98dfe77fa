package org.lesionforge.data.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.Licences;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

class MedMnistTest {
    @TempDir
    Path folder;

    /** As numpy.savez_compressed writes it: value k of the images of a part is (k × 7 + part) mod 256. */
    private Path write(String name, boolean gray, int... images) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int part = 0; part < images.length; part++) {
                String word = List.of("train", "val", "test").get(part);
                byte[] pixels = new byte[images[part] * 4 * 4 * (gray ? 1 : 3)];
                for (int k = 0; k < pixels.length; k++) {
                    pixels[k] = (byte) (k * 7 + part);
                }
                byte[] labels = new byte[images[part]];
                for (int i = 0; i < labels.length; i++) {
                    labels[i] = (byte) (i % 7);
                }
                array(zip, word + "_images", images[part] + ", 4, 4" + (gray ? "" : ", 3"), pixels);
                array(zip, word + "_labels", images[part] + ", 1", labels);
            }
        }
        return file;
    }

    private static void array(OutputStream out, String name, String shape, byte[] values) throws IOException {
        ZipOutputStream zip = (ZipOutputStream) out;
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        String header = String.format(
                Locale.ROOT, "%-117s\n", "{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }");
        ByteBuffer start = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        start.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
        zip.write(start.array());
        zip.write(header.getBytes(StandardCharsets.US_ASCII));
        zip.write(values);
        zip.closeEntry();
    }

    private Preparation.Result prepare(Path file, LabelReading reading) throws IOException {
        PreparationOptions usual = PreparationOptions.of(file, folder.resolve("data"));
        return Preparation.run(
                PreparationOptions.of(file, usual.out())
                        .with()
                        .labels(Optional.of(LabelColumns.recognised(file)
                                .with()
                                .reading(reading)
                                .build()))
                        .grouping(usual.grouping())
                        .partNames(usual.partNames())
                        .spanning(usual.spanning())
                        .sizes(List.of(4))
                        .test(0.2)
                        .validation(0.1)
                        .exactDecode(usual.exactDecode())
                        .threads(2)
                        .build(),
                Progress.SILENT);
    }

    @Test
    void dermaMnistKeepsItsPartsAndIsBenignOrMalignant() throws IOException {
        Path file = write("dermamnist.npz", false, 14, 7, 7);
        Preparation.Result result =
                prepare(file, Preset.MEDMNIST.columns(file, Optional.empty()).reading());
        // Of the labels 0 to 6, akiec (0), bcc (1) and mel (4) are malignant.
        assertEquals(Map.of("benign", 8, "malignant", 6), result.parts().get("train"));
        assertEquals(Map.of("benign", 4, "malignant", 3), result.parts().get("validation"));
        assertEquals(Map.of("benign", 4, "malignant", 3), result.parts().get("test"));
        Dataset data = Dataset.open(folder.resolve("data"));
        byte[] pixels = new byte[48];
        HeldOutPart test = data.test();
        for (int i = 0; i < test.size(); i++) {
            byte[] expected = new byte[48];
            int number = Integer.parseInt(test.id(i).replace("test-", ""));
            for (int k = 0; k < 48; k++) {
                expected[k] = (byte) ((number * 48 + k) * 7 + 2);
            }
            test.read(i, 4, pixels, 0);
            assertArrayEquals(expected, pixels, test.id(i));
        }
        assertEquals(Map.of("CC-BY-NC", 28), Licences.of(data).counts());
        assertEquals(Map.of("CC-BY-NC", 14), Licences.of(data.training()).counts());
    }

    @Test
    void otherFilesHaveNumbersForClassesUnlessTheyAreNamed() throws IOException {
        Path file = write("pathmnist.npz", true, 8, 8, 8);
        SourceListing numbers = MedMnist.list(file, LabelReading.PLAIN, PartNames.usual());
        assertEquals("6", numbers.images().get(6).label());
        SourceListing named =
                MedMnist.list(file, LabelReading.PLAIN.withClassNames(List.of("a", "b", "a")), PartNames.usual());
        assertEquals(
                List.of("a", "b", "a", "a"),
                named.images().stream().limit(4).map(SourceImage::label).toList());
        assertEquals(12, named.skipped().size());
    }

    @Test
    void otherArraysAreRefused() throws IOException {
        Path file = folder.resolve("x.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            array(zip, "arr_0", "2, 4, 4, 3", new byte[96]);
        }
        Exception failure = assertThrows(
                UnusableInputException.class, () -> MedMnist.list(file, LabelReading.PLAIN, PartNames.usual()));
        assertTrue(failure.getMessage().contains("arr_0"), failure.getMessage());
    }
}
