package org.lesionforge.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.io.Checksums;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;

class DatasetTest {
    @TempDir
    Path folder;

    private Path out;
    private Path table;

    @BeforeEach
    void prepare() throws IOException {
        out = folder.resolve("out");
        table = out.resolve("images.csv");
        TestImages.writeMany(folder.resolve("source/benign"), "b", 5);
        Preparation.run(PreparationOptions.of(folder.resolve("source"), out), Progress.SILENT);
    }

    private String failureAfter(String before, String after) throws IOException {
        String text = Files.readString(table);
        assertTrue(text.contains(before), text);
        Files.writeString(table, text.replace(before, after));
        return assertThrows(UnusableInputException.class, () -> Dataset.open(out))
                .getMessage();
    }

    @Test
    void aTableThatSomebodyEditedIsNamedWithItsLine() throws IOException {
        String message = failureAfter("b1.png,12", "b1.png,wide");
        assertTrue(message.contains("cannot read line 3 of " + table), message);
        assertTrue(message.contains("wide"), message);
    }

    @Test
    void aMissingColumnIsNamed() throws IOException {
        String message = failureAfter("group,part", "groups,part");
        assertTrue(message.contains("group") && message.contains("run prepare again"), message);
    }

    @Test
    void aClassThatCannotBeAFolderIsRefused() throws IOException {
        Path manifest = out.resolve("dataset.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"benign\"", "\"../benign\""));
        String message = failureAfter(",benign,", ",../benign,");
        assertTrue(message.startsWith(manifest + " names a class '../benign'"), message);
    }

    @Test
    void aShareThatIsNoneIsNamed() throws IOException {
        Path manifest = out.resolve("dataset.json");
        String sound = Files.readString(manifest);
        for (String share : List.of("\"Infinity\"", "\"NaN\"", "-0.5", "1.5", "1e999")) {
            for (String part : List.of("test", "validation")) {
                Files.writeString(manifest, sound.replaceFirst("(\"" + part + "\"\\s*:\\s*)[0-9.]+", "$1" + share));
                UnusableInputException refused =
                        assertThrows(UnusableInputException.class, () -> Dataset.open(out), part + " " + share);
                assertTrue(refused.getMessage().contains("dataset.json"), refused.getMessage());
                assertTrue(refused.getMessage().contains(part), refused.getMessage());
            }
        }
        Files.writeString(manifest, sound);
        assertEquals(List.of("benign"), Dataset.open(out).classes());
    }

    @Test
    void aSizeThatWasNotPreparedIsNamed() {
        String message = assertThrows(
                        UnusableInputException.class, () -> Dataset.open(out).store(17))
                .getMessage();
        assertTrue(message.contains("[64, 299]") && message.contains("--sizes 17"), message);
    }

    @Test
    void everyFileHasItsChecksumAlsoWhereImagesWereSkipped() throws IOException {
        Path source = folder.resolve("skipping");
        TestImages.writeMany(source.resolve("benign"), "b", 5);
        Files.writeString(source.resolve("benign/b9.png"), "no image");
        Path skipping = folder.resolve("skipping-out");
        Preparation.run(PreparationOptions.of(source, skipping), Progress.SILENT);
        for (Path data : List.of(out, skipping)) {
            Map<String, String> sums = Dataset.open(data).manifest().sha256();
            assertEquals(
                    Set.of("images.csv", "skipped.csv", "duplicates.csv", "pixels-64.npy", "pixels-299.npy"),
                    sums.keySet());
            for (Map.Entry<String, String> sum : sums.entrySet()) {
                Path file = data.resolve(sum.getKey());
                String expected = sum.getKey().endsWith(".npy") ? sha256OfImages(file) : Sha256.of(file);
                assertEquals(expected, sum.getValue(), sum.getKey());
            }
        }
    }

    /** As docs/contracts.md says it, from the bytes of the file. */
    private static String sha256OfImages(Path file) throws IOException {
        int side = Integer.parseInt(file.getFileName().toString().replaceAll("\\D", ""));
        byte[] bytes = Files.readAllBytes(file);
        int length = 3 * side * side;
        StringBuilder all = new StringBuilder();
        for (int start = bytes.length % length; start < bytes.length; start += length) {
            byte[] name = (side + "x" + side + ":").getBytes(StandardCharsets.US_ASCII);
            all.append(Sha256.of(name, Arrays.copyOfRange(bytes, start, start + length)));
        }
        return Sha256.of(all.toString().getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aPixelThatWasChangedIsNoticedWhereverPixelsAreRead() throws IOException {
        Path pixels = out.resolve("pixels-64.npy");
        byte[] before = Files.readAllBytes(pixels);
        for (int at : new int[] {128, before.length / 2, before.length - 1}) {
            byte[] other = before.clone();
            other[at] ^= 1;
            Files.write(pixels, other);
            Dataset dataset = Dataset.open(out);
            byte[] image = new byte[3 * 299 * 299];
            for (Executable read : List.<Executable>of(
                    () -> dataset.training().read(0, 64, image, 0),
                    () -> dataset.requireUnchanged(64),
                    () -> dataset.through(64).training().read(0, 299, image, 0))) {
                String message =
                        assertThrows(UnusableInputException.class, read).getMessage();
                assertTrue(message.contains(pixels + ": its SHA-256 does not match"), message);
                assertTrue(message.contains("run prepare again"), message);
            }
            dataset.training().read(0, 299, image, 0);
        }
        byte[] header = before.clone();
        header[100] ^= 1;
        Files.write(pixels, header);
        assertThrows(UnusableInputException.class, () -> Dataset.open(out).requireUnchanged(64));
        Files.write(pixels, before);
        Dataset.open(out).requireUnchanged(64);
    }

    @Test
    void tablesThatWereChangedAreNoticed() throws IOException {
        for (String name : List.of("images.csv", "skipped.csv", "duplicates.csv")) {
            Path file = out.resolve(name);
            String before = Files.readString(file);
            Files.writeString(file, before + "\n");
            String message = assertThrows(UnusableInputException.class, () -> Dataset.open(out))
                    .getMessage();
            assertTrue(message.contains(file + ": its SHA-256 does not match"), message);
            Files.delete(file);
            assertThrows(UnusableInputException.class, () -> Dataset.open(out));
            Files.writeString(file, before);
        }
        Dataset.open(out);
    }

    @Test
    void aDataSetOfVersion01OpensWithOneWarningAndItsSplitIsCheckedAllTheSame() throws IOException {
        Path json = out.resolve("dataset.json");
        ObjectNode manifest = (ObjectNode) Json.readTree(json);
        manifest.remove("sha256");
        Files.writeString(json, Json.pretty(manifest));
        List<String> messages = new ArrayList<>();
        Dataset dataset = Dataset.open(out, new Progress() {
            @Override
            public void advance(String task, long done, long total, String detail) {}

            @Override
            public void message(String text) {
                messages.add(text);
            }
        });
        dataset.training().read(0, 64, new byte[3 * 64 * 64], 0);
        assertEquals(List.of("warning: " + Checksums.UNKNOWN), messages);
        String message = failureAfter(",test,", ",train,");
        assertTrue(message.contains("the split in " + table + ": its SHA-256 does not match"), message);
    }

    @Test
    void countsAreByPartAndClass() {
        Dataset dataset = Dataset.open(out);
        int sum = dataset.counts().values().stream()
                .mapToInt(part -> part.get("benign"))
                .sum();
        assertEquals(5, sum);
        assertEquals(dataset.training().size(), dataset.counts().get("train").get("benign"));
    }
}
