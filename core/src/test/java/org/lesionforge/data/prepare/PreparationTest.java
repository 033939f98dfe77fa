package org.lesionforge.data.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.StopAfter;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.DatasetImage;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.data.Part;
import org.lesionforge.data.TestImages;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.data.source.PartNames;
import org.lesionforge.image.ReducedImage;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.Fit;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.io.InterruptedRunException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

class PreparationTest {
    @TempDir
    Path folder;

    private Path source;
    private Path out;

    @BeforeEach
    void names() {
        source = folder.resolve("source");
        out = folder.resolve("out");
    }

    static PreparationOptions options(
            Path source,
            Path out,
            @Nullable LabelColumns labels,
            PartNames names,
            GroupConflict spanning,
            double validation) {
        return PreparationOptions.of(source, out)
                .with()
                .labels(Optional.ofNullable(labels))
                .partNames(names)
                .spanning(spanning)
                .sizes(List.of(8, 4))
                .test(0.2)
                .validation(validation)
                .threads(2)
                .build();
    }

    private Preparation.Result prepare(LabelColumns labels) throws IOException {
        return Preparation.run(
                options(source, out, labels, PartNames.usual(), GroupConflict.ERROR, 0.1), Progress.SILENT);
    }

    private String failure(LabelColumns labels) throws IOException {
        String message = assertThrows(UnusableInputException.class, () -> prepare(labels))
                .getMessage();
        assertNothingBeside(source);
        return message;
    }

    static void assertNothingBeside(Path source) throws IOException {
        try (Stream<Path> files = Files.list(source.getParent())) {
            assertEquals(
                    List.of(),
                    files.filter(file -> !file.equals(source)).toList(),
                    "nothing is left beside the source");
        }
    }

    static LabelColumns csv(Path source, String... lines) throws IOException {
        Files.createDirectories(source);
        return LabelColumns.recognised(
                Files.writeString(source.resolve("labels.csv"), String.join("\n", lines) + "\n"));
    }

    @Test
    void classFoldersBecomeADataset() throws Exception {
        TestImages.writeMany(source.resolve("benign"), "b", 20);
        TestImages.writeMany(source.resolve("malignant/deeper"), "m", 10);
        Preparation.Result result = prepare(null);

        assertEquals(30, result.images());
        assertEquals(Map.of("benign", 20, "malignant", 10), result.classes());
        assertEquals(Map.of("benign", 4, "malignant", 2), result.parts().get("test"));
        assertEquals(Map.of("benign", 2, "malignant", 1), result.parts().get("validation"));
        assertEquals(Map.of("benign", 14, "malignant", 7), result.parts().get("train"));
        assertEquals(List.of(), result.skipped());
        assertEquals(0, result.duplicates());

        Dataset dataset = Dataset.open(out);
        assertEquals(List.of("benign", "malignant"), dataset.classes());
        assertEquals(List.of(4, 8), dataset.sides());
        assertEquals("grouped", dataset.manifest().split().method());
        assertEquals(result.splitSha256(), dataset.manifest().split().sha256());
        DatasetImage last = dataset.images().get(29);
        assertEquals("malignant/deeper/m9.png", last.id());
        assertEquals(12, last.width());
        assertEquals(10, last.height());
        for (LabelledImages part : List.of(dataset.training(), dataset.validation(), dataset.test())) {
            for (int i = 0; i < part.size(); i++) {
                RgbImage picture = ImageDecoder.read(source.resolve(part.id(i)));
                for (RgbImage expected : Fit.CROP.apply(ReducedImage.whole(picture), dataset.sides())) {
                    byte[] actual = new byte[expected.pixels().length];
                    part.read(i, expected.width(), actual, 0);
                    assertArrayEquals(expected.pixels(), actual, part.id(i));
                }
            }
        }
    }

    @Test
    void theStoreIsWhatNumpyWrites() throws Exception {
        TestImages.writeMany(source.resolve("a"), "a", 3);
        prepare(null);
        byte[] file = Files.readAllBytes(out.resolve("pixels-4.npy"));
        assertEquals(128 + 3 * 4 * 4 * 3, file.length);
        String header = new String(file, 10, 118, StandardCharsets.US_ASCII);
        assertEquals("{'descr': '|u1', 'fortran_order': False, 'shape': (3, 4, 4, 3), }", header.strip());
        assertTrue(header.endsWith("\n"));
        assertArrayEquals(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0}, Arrays.copyOf(file, 10));
    }

    @Test
    void whatCannotBeReadIsSkippedAndListed() throws Exception {
        TestImages.writeMany(source.resolve("benign"), "b", 10);
        TestImages.writeMany(source.resolve("malignant"), "m", 10);
        byte[] jpeg = Files.readAllBytes(TestImages.write(source.resolve("benign/whole.jpg"), 64, 64, 1));
        Files.write(source.resolve("benign/cut.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
        Files.write(source.resolve("benign/empty.png"), new byte[0]);
        Files.writeString(source.resolve("malignant/text.jpg"), "no picture");
        Files.writeString(source.resolve("malignant/.DS_Store"), "hidden");

        Preparation.Result result = prepare(null);
        assertEquals(21, result.images(), "nothing readable is lost");
        Map<String, String> reasons = new HashMap<>();
        result.skipped().forEach(file -> reasons.put(file.path(), file.reason()));
        assertEquals(
                Map.of(
                        "benign/cut.jpg",
                        "truncated JPEG",
                        "benign/empty.png",
                        "empty file; copy or download it again",
                        "malignant/text.jpg",
                        "not an image: text; replace it by the image itself"),
                reasons);
        List<String> table = Files.readAllLines(out.resolve("skipped.csv"));
        assertEquals(4, table.size());
        assertEquals("path,reason", table.get(0));
        assertEquals("benign/cut.jpg,truncated JPEG", table.get(1));
        assertEquals(3, Dataset.open(out).manifest().skipped());
    }

    @Test
    void equalPicturesAreCountedKeptAndNeverDivided() throws Exception {
        TestImages.writeMany(source.resolve("benign"), "b", 20);
        TestImages.writeMany(source.resolve("malignant"), "m", 10);
        for (int i = 0; i < 10; i++) {
            Files.copy(source.resolve("benign/b" + i + ".png"), source.resolve("benign/copy" + i + ".png"));
        }
        Preparation.Result result = prepare(null);
        assertEquals(40, result.images());
        assertEquals(10, result.duplicates());
        Map<String, DatasetImage> images = new HashMap<>();
        Dataset.open(out).images().forEach(image -> images.put(image.id(), image));
        for (int i = 0; i < 10; i++) {
            DatasetImage original = images.get("benign/b" + i + ".png");
            DatasetImage copy = images.get("benign/copy" + i + ".png");
            assertEquals(original.part(), copy.part());
            assertEquals(original.group(), copy.group());
        }
        List<String> table = Files.readAllLines(out.resolve("duplicates.csv"));
        assertEquals(11, table.size());
        assertTrue(table.get(1).startsWith("benign/copy0.png,benign,"), table.get(1));
        assertTrue(table.get(1).contains(",benign/b0.png,benign,"), table.get(1));
    }

    @Test
    void groupsAndExtraColumnsOfACsvAreKept() throws Exception {
        StringBuilder lines = new StringBuilder("image_id,label,lesion_id,age\n");
        for (int i = 0; i < 40; i++) {
            TestImages.write(source.resolve("pictures/i" + i + ".png"), 9, 9, i);
            lines.append("i" + i + "," + (i < 20 ? "benign" : "malignant") + ",L" + i / 2 + "," + (20 + i) + "\n");
        }
        Preparation.Result result = prepare(csv(source, lines.toString().strip()));
        assertEquals(40, result.images());
        Map<String, Part> parts = new HashMap<>();
        for (DatasetImage image : Dataset.open(out).images()) {
            Part before = parts.putIfAbsent(image.group(), image.part());
            assertTrue(before == null || before == image.part(), image.group());
        }
        assertEquals(20, parts.size());
        List<String> table = Files.readAllLines(out.resolve("images.csv"));
        assertEquals("id,label,group,part,source,width,height,lesion_id,age", table.get(0));
        assertTrue(table.get(1).startsWith("i0,benign,L0,") && table.get(1).endsWith(",pictures/i0.png,9,9,L0,20"));
    }

    @Test
    void theSplitDoesNotDependOnTheOrderOfLines() throws Exception {
        TestImages.writeMany(source, "i", 30);
        String[] lines = new String[31];
        lines[0] = "image_id,label";
        for (int i = 0; i < 30; i++) {
            lines[i + 1] = "i" + i + "," + (i % 3 == 0 ? "malignant" : "benign");
        }
        String first = prepare(csv(source, lines)).splitSha256();
        byte[] table = Files.readAllBytes(out.resolve("images.csv"));
        List<String> reversed = new java.util.ArrayList<>(List.of(lines).subList(1, 31));
        java.util.Collections.reverse(reversed);
        reversed.add(0, lines[0]);
        out = folder.resolve("second");
        assertEquals(
                first, prepare(csv(source, reversed.toArray(String[]::new))).splitSha256());
        assertArrayEquals(table, Files.readAllBytes(out.resolve("images.csv")));
        assertNotEquals("", first);
    }

    @Test
    void classesCanBeChosenAndOrdered() throws Exception {
        for (String name : List.of("bcc", "mel", "nv")) {
            TestImages.writeMany(source.resolve(name), name, 6);
        }
        PreparationOptions all = options(source, out, null, PartNames.usual(), GroupConflict.ERROR, 0.1);
        Preparation.run(
                PreparationOptions.of(all.source(), all.out())
                        .with()
                        .labels(all.labels())
                        .grouping(all.grouping())
                        .partNames(all.partNames())
                        .spanning(all.spanning())
                        .classes(List.of("nv", "mel"))
                        .sizes(all.sizes())
                        .fit(all.fit())
                        .test(all.test())
                        .validation(all.validation())
                        .seed(all.seed())
                        .exactDecode(all.exactDecode())
                        .threads(all.threads())
                        .build(),
                Progress.SILENT);
        Dataset dataset = Dataset.open(out);
        assertEquals(List.of("nv", "mel"), dataset.classes());
        assertEquals(12, dataset.images().size());
    }

    @Test
    void unusableSourcesAreExplained() throws Exception {
        assertTrue(failure(null).contains("there is no folder"));
        Files.createDirectories(source);
        assertTrue(failure(null).contains("no class folders"));
        Files.createDirectories(source.resolve("benign"));
        assertTrue(failure(null).contains("has no image"));
        Files.writeString(source.resolve("benign/one.jpg"), "text");
        Files.writeString(source.resolve("benign/two.jpg"), "text");
        Files.writeString(source.resolve("benign/three.jpg"), "text");
        assertTrue(failure(null).contains("none of the 3 files"));
        TestImages.writeMany(source.resolve("benign"), "b", 5);
        TestImages.writeMany(source.resolve("malignant"), "m", 1);
        String single = failure(null);
        assertTrue(single.contains("class 'malignant' has 1 image(s) in 1 group(s)"), single);
    }

    @Test
    void aClassThatNothingCanBeReadOfIsAnError() throws Exception {
        TestImages.writeMany(source.resolve("benign"), "b", 5);
        Files.createDirectories(source.resolve("malignant"));
        for (int i = 0; i < 4; i++) {
            Files.writeString(source.resolve("malignant/m" + i + ".jpg"), "text");
        }
        String message = failure(null);
        assertTrue(message.contains("no image of class 'malignant' can be used"), message);
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        TestImages.writeMany(source.resolve("benign"), "b", 5);
        Files.createDirectories(out);
        prepare(null);
        Path file = out.resolve("dataset.json");
        byte[] before = Files.readAllBytes(file);
        String message =
                assertThrows(UnusableInputException.class, () -> prepare(null)).getMessage();
        assertTrue(message.contains("exists and is not empty"), message);
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void aTargetThatCannotBeWrittenIsNamed() throws Exception {
        TestImages.writeMany(source.resolve("benign"), "b", 5);
        Files.writeString(folder.resolve("file"), "in the way");
        out = folder.resolve("file/out");
        IOException e = assertThrows(IOException.class, () -> prepare(null));
        assertTrue(e.getMessage().contains("cannot write " + out), e.getMessage());
        assertFalse(Files.exists(out));
    }

    @Test
    void aCancellationEndsItBetweenTwoImagesAndLeavesNothing() throws Exception {
        TestImages.writeMany(source.resolve("benign"), "b", 9);
        StopAfter stopper = new StopAfter("preparing images", 4);
        PreparationOptions options = options(source, out, null, PartNames.usual(), GroupConflict.ERROR, 0.1);
        String message = assertThrows(InterruptedRunException.class, () -> Preparation.run(options, stopper))
                .getMessage();
        assertEquals("stopped: preparing images 4/9", message);
        assertEquals(List.of(1L, 2L, 3L, 4L), stopper.told());
        assertFalse(Files.exists(out));
        Preparation.run(options, Progress.SILENT);
        assertTrue(Files.exists(out));
    }

    @Test
    void progressReachesTheEnd() throws Exception {
        TestImages.writeMany(source.resolve("benign"), "b", 9);
        long[] last = new long[2];
        Progress progress = new Progress() {
            @Override
            public void advance(String task, long done, long total, String detail) {
                assertEquals(last[0] + 1, done);
                last[0] = done;
                last[1] = total;
            }

            @Override
            public void message(String text) {}
        };
        Preparation.run(options(source, out, null, PartNames.usual(), GroupConflict.ERROR, 0.1), progress);
        assertArrayEquals(new long[] {9, 9}, last);
    }
}
