package org.lesionforge.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionforge.SharedFolder;
import org.lesionforge.data.Part;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.data.TestImages;
import org.lesionforge.io.UnusableInputException;

/** Tables as spreadsheets, statistics packages and challenges write them. */
class TableReadingTest {
    @TempDir
    Path folder;

    private Path csv;
    private PartNames names;
    private ClassChoice choice;

    @BeforeEach
    void fourImages() throws IOException {
        csv = folder.resolve("labels.csv");
        names = PartNames.usual();
        choice = ClassChoice.ALL;
        for (int i = 0; i < 4; i++) {
            TestImages.write(folder.resolve("IMG_00" + i + ".png"), 4, 4, i);
        }
    }

    private SourceListing read(LabelColumns columns) {
        return LabelFile.read(folder, columns, names, choice);
    }

    private SourceListing read(String... lines) throws IOException {
        Files.writeString(csv, String.join("\n", lines) + "\n");
        return read(LabelColumns.recognised(csv));
    }

    private String failure(String... lines) {
        return assertThrows(UnusableInputException.class, () -> read(lines)).getMessage();
    }

    private LabelColumns oneHot(String... columns) {
        return LabelColumns.recognised(csv)
                .with()
                .reading(LabelReading.PLAIN.withOneHot(List.of(columns)))
                .build();
    }

    private static Map<String, String> labels(SourceListing listing) {
        Map<String, String> labels = new TreeMap<>();
        listing.images().forEach(image -> labels.put(image.id(), image.label()));
        return labels;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image_id;label;age, years\nIMG_000;mel;4,5\n",
                "image_id;label;note (a, b, c, d, e)\nIMG_000;mel;x\n",
                "image_id\tlabel\tnote; (a, b; c)\nIMG_000\tmel\tx, y\n",
                "image_id,\"label\",note;x;y;z\nIMG_000,mel,n\n",
                "\uFEFFimage_id;label\r\nIMG_000;mel\r\n",
                "image_id,label\rIMG_000,mel\r",
                " image_id , label \n IMG_000 , mel \n",
                ",image_id,label\n0,IMG_000,mel\n",
                "image_id|label\nIMG_000|mel\n",
                "image_id,label,note\nIMG_000,mel,\"two\nlines\"\n",
                "image_id,label,,\nIMG_000,mel,,\n",
                "image_id,label\n\nIMG_000,mel\n,\n"
            })
    void theSeparatorIsToldFromCharactersOfNames(String text) throws IOException {
        Files.writeString(csv, text);
        assertEquals(Map.of("IMG_000", "mel"), labels(read(LabelColumns.recognised(csv))));
    }

    @Test
    void namedColumnsTellTheSeparatorToo() throws IOException {
        Files.writeString(csv, "datei;art (gut, böse)\nIMG_000;gut\nIMG_001;böse\n");
        LabelColumns columns = LabelColumns.recognised(csv)
                .with()
                .id(Optional.of("datei"))
                .label(Optional.of("art (gut, böse)"))
                .build();
        assertEquals(Map.of("IMG_000", "gut", "IMG_001", "böse"), labels(read(columns)));
    }

    @Test
    void twoColumnsOfOneNameAreAnError() {
        assertTrue(failure("image_id,label,label", "IMG_000,a,b").contains("two columns called 'label'"));
        assertTrue(failure("image_id,Label,label", "IMG_000,a,b").contains("--label-column"));
    }

    @Test
    void otherEncodingsAreNamed() throws IOException {
        String text = "image_id,label\nIMG_000,mel\n";
        for (Charset charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Files.write(csv, text.getBytes(charset));
            String message = assertThrows(UnusableInputException.class, () -> read(LabelColumns.recognised(csv)))
                    .getMessage();
            assertTrue(message.contains("UTF-16 text; save it as \"CSV UTF-8\""), message);
        }
        Files.write(csv, new byte[] {'P', 'K', 3, 4, 20, 0});
        assertTrue(assertThrows(UnusableInputException.class, () -> read(LabelColumns.recognised(csv)))
                .getMessage()
                .contains("workbook"));
    }

    @Test
    void aTableWithoutAHeaderIsNeverRead() throws IOException {
        String[] lines = {"IMG_000,benign", "IMG_001,malignant", "IMG_002,benign"};
        assertTrue(failure(lines).contains("labels.csv has no header"), failure(lines));
        assertTrue(failure(lines).endsWith("for instance: image_id,label"), failure(lines));
        LabelColumns asAdvisedBefore = LabelColumns.recognised(csv)
                .with()
                .id(Optional.of("IMG_000"))
                .label(Optional.of("benign"))
                .build();
        assertTrue(assertThrows(UnusableInputException.class, () -> read(asAdvisedBefore))
                .getMessage()
                .contains("has no header"));
        assertEquals(
                3, read("image_id,label", lines[0], lines[1], lines[2]).images().size());
    }

    @Test
    void theFirstLineIsKnownByItsLikenessEvenWhenItsImageIsGone() {
        String gone = failure("IMG_999;benign", "IMG_001;malignant", "IMG_002;benign");
        assertTrue(gone.contains("has no header") && gone.endsWith("image_id;label"), gone);
        String labelFirst = failure("benign,IMG_999", "malignant,IMG_001", "benign,IMG_002");
        assertTrue(labelFirst.endsWith("label,image_id"), labelFirst);
        String path = failure("IMG_000.png,1,P7", "IMG_001.png,0,P8");
        assertTrue(path.endsWith("image_id,label,column_3"), path);
        String oneHot = failure("IMG_000,1.0,0.0,0.0", "IMG_001,0.0,1.0,0.0");
        assertTrue(
                oneHot.endsWith("image_id,class_1,class_2,class_3 (and give --one-hot class_1,class_2,class_3)"),
                oneHot);
    }

    @Test
    void aHeaderIsNoImageThoughAnImageHasTheNameOfAColumn() throws IOException {
        TestImages.write(folder.resolve("mask.png"), 4, 4, 9);
        assertEquals(1, read("image_id,label,mask", "IMG_000,mel,m").images().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NA", "N/A", "NaN", "nan", "null", "NULL", "None", "unknown", "", "<NA>"})
    void wordsForMissingAreNoLabelsAndNoGroups(String word) throws IOException {
        SourceListing listing = read(
                "image_id,label,patient_id",
                "IMG_000,mel," + word,
                "IMG_001,nv," + word,
                "IMG_002," + word + ",P1",
                "IMG_003,nv,P1");
        assertEquals(Map.of("IMG_000", "mel", "IMG_001", "nv", "IMG_003", "nv"), labels(listing));
        assertEquals(
                List.of("IMG_000", "IMG_001", "P1"),
                listing.images().stream().map(SourceImage::group).toList());
        assertEquals(Map.of("label", 1, "patient_id", 2), listing.missing());
        assertEquals("IMG_002.png", listing.skipped().get(0).path());
        assertTrue(listing.skipped().get(0).reason().contains("no label in line 4"), listing.toString());
    }

    @Test
    void aWordThatIsNamedIsALabel() throws IOException {
        choice = ClassChoice.of(List.of("none", "mel"));
        assertEquals(
                Map.of("IMG_000", "none", "IMG_001", "mel"),
                labels(read("image_id,label", "IMG_000,none", "IMG_001,mel", "IMG_002,NA")));
    }

    @Test
    void aColumnOfPartsThatNobodyAskedForStops() throws IOException {
        String[] lines = {"image_id,label,split", "IMG_000,mel,train", "IMG_001,mel,test"};
        assertTrue(failure(lines).contains("--part-column split, or"), failure(lines));
        assertTrue(failure(lines).endsWith("--part-column none"), failure(lines));
        assertEquals(
                Optional.of(Part.TEST),
                read(LabelColumns.recognised(csv)
                                .with()
                                .part(Optional.of("split"))
                                .build())
                        .images()
                        .get(1)
                        .part());
        names = PartNames.usual().ignored();
        assertEquals(2, read(lines).images().size());
    }

    @Test
    void columnsOfPartsAreKnownByTheirWords() throws IOException {
        String val = failure("image_id,label,whatever", "IMG_000,mel,Training", "IMG_001,mel,Valid");
        assertTrue(val.contains("--part-column whatever --part-map Valid=test"), val);
        String other = failure("image_id,label,set", "IMG_000,mel,train", "IMG_001,mel,holdout");
        assertTrue(other.contains("--part-column set --part-map holdout=test"), other);
        // Numbers of folds, and one part alone, are no split.
        assertEquals(
                2,
                read("image_id,label,fold", "IMG_000,mel,0", "IMG_001,mel,1")
                        .images()
                        .size());
        assertEquals(
                2,
                read("image_id,label,split", "IMG_000,mel,train", "IMG_001,mel,train")
                        .images()
                        .size());
    }

    @Test
    void oneHotColumnsOfAnyNames() throws IOException {
        Files.writeString(csv, "image;A;B;age\nIMG_000;1,0;0,0;30\nIMG_001;0;1;40\n");
        SourceListing listing = read(oneHot("a", "b"));
        assertEquals(Map.of("IMG_000", "A", "IMG_001", "B"), labels(listing));
        assertEquals(List.of("age"), listing.extraColumns());
        assertTrue(failure("image,A,B", "IMG_000,1,0", "IMG_001,0,1").endsWith("--one-hot A,B"));
    }

    @Test
    void linesThatAreOfNoneOrSeveralAreSkippedByName() throws IOException {
        Files.writeString(csv, "image,A,B\nIMG_000,0.9,0.1\nIMG_001,1,1\nIMG_002,0,0\nIMG_003,1,0\n");
        SourceListing listing = read(oneHot("A", "B"));
        assertEquals(Map.of("IMG_003", "A"), labels(listing));
        assertEquals(
                List.of(
                        "no label in line 2 of labels.csv (column 'A' holds '0.9', neither 0 nor 1)",
                        "no label in line 3 of labels.csv (of several classes: [A, B])",
                        "no label in line 4 of labels.csv (none of the columns [A, B] holds 1)"),
                listing.skipped().stream().map(SkippedFile::reason).toList());
    }

    @Test
    void aColumnThatNobodyNamedAndHoldsTheOneIsNamed() throws IOException {
        Files.writeString(csv, "image,A,B,C,biopsy\nIMG_000,1,0,0,1\nIMG_001,0,1,0,0\nIMG_002,0,0,1,1\n");
        String message = assertThrows(UnusableInputException.class, () -> read(oneHot("A", "B")))
                .getMessage();
        assertTrue(message.contains("line 4 (and 0 more): the 1 is in column 'C'"), message);
        assertTrue(message.contains("--one-hot A,B,C"), message);
        assertEquals(3, read(oneHot("A", "B", "C")).images().size());
    }

    @Test
    void oneOfSeveralOneHotColumnsIsNoLabelUnlessItsClassesAreNamed() throws IOException {
        Files.writeString(csv, "image,A,B,C\nIMG_000,1.0,0.0,0.0\nIMG_001,0.0,1.0,0.0\nIMG_002,0.0,0.0,1.0\n");
        LabelColumns columns =
                LabelColumns.recognised(csv).with().label(Optional.of("A")).build();
        String message =
                assertThrows(UnusableInputException.class, () -> read(columns)).getMessage();
        assertTrue(message.contains("--one-hot A,B,C"), message);
        assertTrue(message.endsWith("--classes other=0.0,A=1.0"), message);
        choice = ClassChoice.of(List.of("other=0.0", "A=1.0"));
        assertEquals(3, read(columns).images().size());
    }

    @Test
    void oneOfTwoColumnsThatSayTheSameMayBeTheLabel() throws IOException {
        Files.writeString(csv, "image,target,benign\nIMG_000,1,0\nIMG_001,0,1\n");
        assertEquals(Map.of("IMG_000", "1", "IMG_001", "0"), labels(read(LabelColumns.recognised(csv))));
    }

    @Test
    void aSecondTableBringsTheLesions() throws IOException {
        Path more = folder.resolve("more.csv");
        Files.writeString(more, "isic_id,lesion_id,label\nIMG_001.png,L1,x\nIMG_000.png,L1,x\n");
        Files.writeString(csv, "image,target\nIMG_000,a\nIMG_001,b\nIMG_002,b\n");
        LabelColumns columns = LabelColumns.recognised(csv)
                .with()
                .reading(LabelReading.PLAIN.withMore(more))
                .build();
        SourceListing listing = read(columns);
        assertEquals(Map.of("IMG_000", "a", "IMG_001", "b", "IMG_002", "b"), labels(listing));
        assertEquals(
                List.of("L1", "L1", "IMG_002"),
                listing.images().stream().map(SourceImage::group).toList());
        Files.writeString(more, "isic_id,lesion_id\nother,L1\n");
        assertTrue(assertThrows(UnusableInputException.class, () -> read(columns))
                .getMessage()
                .contains("--group-column none"));
        Files.writeString(more, "IMG_000,L1\nIMG_001,L1\n");
        assertTrue(assertThrows(UnusableInputException.class, () -> read(columns))
                .getMessage()
                .endsWith("image_id,lesion_id"));
        Files.writeString(more, "isic_id,lesion_id\nIMG_000,L1\nIMG_000,L2\n");
        assertTrue(assertThrows(UnusableInputException.class, () -> read(columns))
                .getMessage()
                .contains("has two different lines for 'IMG_000', in lines 2 and 3"));
    }

    @Test
    void labelsOfAServerAreWrittenAsNames() throws IOException {
        LabelColumns columns = LabelColumns.recognised(csv)
                .with()
                .label(Optional.of("benign_malignant"))
                .reading(Preset.ISIC.columns(folder, Optional.of(csv)).reading().withLabelsAsClasses())
                .build();
        Files.writeString(csv, "isic_id,benign_malignant\nIMG_000,indeterminate/benign\nIMG_001,benign\n");
        assertEquals(Map.of("IMG_000", "indeterminate_benign", "IMG_001", "benign"), labels(read(columns)));
        Files.writeString(csv, "isic_id,benign_malignant\nIMG_000,a/b\nIMG_001,a_b\n");
        assertTrue(assertThrows(UnusableInputException.class, () -> read(columns))
                .getMessage()
                .contains("would both become the class 'a_b'"));
    }

    @Test
    void theCases() throws Exception {
        Path cases = SharedFolder.require().resolve("cases");
        folder = cases.resolve("na-words");
        assertEquals(
                20,
                read(LabelColumns.recognised(folder.resolve("groups.csv")))
                        .images()
                        .size());
        assertEquals(
                Map.of("patient_id", 14),
                read(LabelColumns.recognised(folder.resolve("groups.csv"))).missing());
        assertEquals(
                Map.of("benign", 8, "malignant", 7),
                read(LabelColumns.recognised(folder.resolve("labels.csv"))).labels());
        folder = cases.resolve("headerless");
        assertTrue(assertThrows(
                        UnusableInputException.class, () -> read(LabelColumns.recognised(folder.resolve("gt.csv"))))
                .getMessage()
                .contains("has no header"));
        folder = cases.resolve("isic2018-onehot");
        Path truth = folder.resolve("ISIC2018_Task3_Training_GroundTruth.csv");
        assertTrue(assertThrows(
                        UnusableInputException.class, () -> read(Preset.ISIC2019.columns(folder, Optional.of(truth))))
                .getMessage()
                .contains("the 1 is in column 'AKIEC'"));
    }
}
