package org.lesionforge.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SharedFolder;
import org.lesionforge.data.Part;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.io.UnusableInputException;

class LabelFileTest {
    @TempDir
    Path folder;

    private Path csv;

    @BeforeEach
    void files() throws IOException {
        csv = folder.resolve("labels.csv");
        for (String name : List.of("a.jpg", "b.jpg", "sub/c.PNG", "d.jpeg")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    private SourceListing read(LabelColumns columns, String... lines) throws IOException {
        Files.writeString(csv, String.join("\n", lines) + "\n");
        return LabelFile.read(folder, columns, PartNames.usual(), ClassChoice.ALL);
    }

    private SourceListing read(String... lines) throws IOException {
        return read(LabelColumns.recognised(csv), lines);
    }

    private String failure(String... lines) {
        return assertThrows(UnusableInputException.class, () -> read(lines)).getMessage();
    }

    private static Map<String, String> groups(SourceListing listing) {
        Map<String, String> groups = new HashMap<>();
        listing.images().forEach(image -> groups.put(image.id(), image.group()));
        return groups;
    }

    @Test
    void idsAreFoundWithAndWithoutExtensionInAnyFolder() throws IOException {
        SourceListing listing = read("image_id,label", "c,malignant", "a,benign", "b.jpg,benign");
        assertEquals(
                List.of("a.jpg", "b.jpg", "sub/c.PNG"),
                listing.images().stream().map(SourceImage::source).toList());
        assertEquals("malignant", listing.images().get(2).label());
        assertEquals(List.of(), listing.skipped());
    }

    @Test
    void pathsAreRelativeToTheCsvOrToTheSource() throws IOException {
        Path elsewhere = folder.resolve("tables/labels.csv");
        Files.createDirectories(elsewhere.getParent());
        Files.writeString(elsewhere, "id,path,label\none,sub/c.PNG,x\ntwo,../a.jpg,y\n");
        SourceListing listing =
                LabelFile.read(folder, LabelColumns.recognised(elsewhere), PartNames.usual(), ClassChoice.ALL);
        assertEquals(
                List.of("sub/c.PNG", "a.jpg"),
                listing.images().stream().map(SourceImage::source).toList());
    }

    @Test
    void pathsAloneAreIdsToo() throws IOException {
        SourceListing listing = read("path,label", "sub/c.PNG,x", "a.jpg,y");
        assertEquals(
                List.of("a.jpg", "sub/c.PNG"),
                listing.images().stream().map(SourceImage::id).toList());
    }

    @Test
    void whatIsMissingIsListed() throws IOException {
        SourceListing listing = read("image_id,label", "a,benign", "ghost,benign", "b,");
        assertEquals(1, listing.images().size());
        assertEquals(
                List.of(
                        new SkippedFile("ghost", "listed in line 3 of labels.csv, but there is no such file"),
                        new SkippedFile("b.jpg", "no label in line 4 of labels.csv (column 'label')")),
                listing.skipped());
    }

    @Test
    void anImageListedTwiceIsAnErrorThatNamesBothLines() {
        String twice = failure("image_id,label", "a,benign", "b,benign", "a,benign");
        assertTrue(twice.contains("'a' is listed twice"), twice);
        assertTrue(twice.contains("lines 2 and 4"), twice);

        String labels = failure("image_id,label", "a,benign", "a,malignant");
        assertTrue(labels.contains("two labels, 'benign' and 'malignant'"), labels);
        assertTrue(labels.contains("lines 2 and 3"), labels);

        String file = failure("image_id,label", "a,benign", "a.jpg,benign");
        assertTrue(file.contains("a.jpg is listed twice"), file);
        assertTrue(file.contains("lines 2 and 3"), file);
    }

    @Test
    void twoFilesOfOneNameAreAnError() throws IOException {
        Files.writeString(folder.resolve("sub/a.png"), "another");
        String message = failure("image_id,label", "a,benign");
        assertTrue(message.contains("a.jpg or ") && message.contains("a.png"), message);
        assertTrue(message.contains("--path-column"), message);
    }

    @Test
    void namesInAnotherNormalFormThanTheTablesFindTheirFile() throws IOException {
        // On disk one character, in the table two, and the other way round.
        Files.createDirectories(folder.resolve("Bilder-\u00E4"));
        Files.writeString(folder.resolve("Bilder-\u00E4/L\u00E4sion.jpg"), "1");
        Files.writeString(folder.resolve("Le\u0301sion.jpg"), "2");
        SourceListing byId = read("image_id,label", "La\u0308sion,x", "L\u00E9sion.jpg,y");
        assertEquals(2, byId.images().size(), byId.skipped().toString());
        assertEquals(List.of(), byId.skipped());
        SourceListing byPath =
                read("id,path,label", "one,Bilder-a\u0308/La\u0308sion.jpg,x", "two," + folder + "/L\u00E9sion.jpg,y");
        assertEquals(2, byPath.images().size(), byPath.skipped().toString());
        assertEquals(List.of(), byPath.skipped());
    }

    @Test
    void allOfTwentyImagesAreFoundInEitherNormalForm() throws IOException {
        Path table = SharedFolder.require().resolve("cases/posix-locale/table");
        Path decomposed = Files.createDirectories(folder.resolve("decomposed"));
        try (Stream<Path> files = Files.list(table)) {
            for (Path file : files.toList()) {
                String name = Normalizer.normalize(file.getFileName().toString(), Normalizer.Form.NFD);
                Files.copy(file, decomposed.resolve(name));
            }
        }
        for (Path source : List.of(table, decomposed)) {
            for (String name : List.of("id.csv", "path.csv")) {
                SourceListing listing = LabelFile.read(
                        source, LabelColumns.recognised(source.resolve(name)), PartNames.usual(), ClassChoice.ALL);
                assertEquals(20, listing.images().size(), source + " " + name);
                assertEquals(List.of(), listing.skipped());
            }
        }
    }

    @Test
    void theTablesOwnNormalFormGoesFirst() throws IOException {
        Files.writeString(folder.resolve("\u00E9.jpg"), "1");
        Files.writeString(folder.resolve("e\u0301.jpg"), "2");
        SourceListing listing = read("image_id,label", "\u00E9,x", "e\u0301,y");
        assertEquals(2, listing.images().size());
        // A third way, with an acute accent of its own, may be either.
        Files.writeString(folder.resolve("\u1E17.jpg"), "3");
        Files.writeString(folder.resolve("e\u0304\u0301.jpg"), "4");
        String message = failure("image_id,label", "\u0113\u0301,x");
        assertTrue(message.contains("--path-column"), message);
    }

    @Test
    void aNulInAPathIsAnErrorThatNamesTheLine() {
        String message = failure("path,label", "a.jpg,x", "b\0.jpg,y");
        assertTrue(message.contains("labels.csv line 3") && message.contains("NUL"), message);
    }

    @Test
    void aNameOverSeveralLinesIsAnErrorThatNamesTheFirst() {
        String message = failure("image_id,label", "a,x", "\"b,x", "c\",x");
        assertTrue(message.contains("labels.csv line 3") && message.contains("quotation mark"), message);
    }

    @Test
    void aLinkToNothingIsListedOnceWhetherTheTableNamesItOrNot() throws IOException {
        Files.createSymbolicLink(folder.resolve("named.jpg"), Path.of("nowhere.jpg"));
        Files.createSymbolicLink(folder.resolve("unnamed.jpg"), Path.of("nowhere.jpg"));
        SourceListing listing = read("image_id,label", "a,x", "named,x");
        assertEquals(
                List.of(
                        new SkippedFile(
                                "named.jpg",
                                "listed in line 3 of labels.csv, but it is a link to nowhere.jpg, which is not there"),
                        new SkippedFile("unnamed.jpg", "a link to nowhere.jpg, which is not there")),
                listing.skipped());
    }

    @Test
    void copiesInFoldersThatDifferInCaseAreOneImage() throws IOException {
        for (String name : List.of("Part/z.jpg", "part/z.jpg", "Part/y.jpg", "part/y.jpg")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), name.substring(5));
        }
        SourceListing listing = read("image_id,label", "z,x", "y,x");
        assertEquals(
                List.of("Part/y.jpg", "Part/z.jpg"),
                listing.images().stream().map(SourceImage::source).toList());
        assertEquals(
                1,
                listing.notes().stream()
                        .filter(note -> note.startsWith("2 images stored twice"))
                        .count());
        Files.writeString(folder.resolve("part/z.jpg"), "another");
        String message = failure("image_id,label", "z,x");
        assertTrue(message.contains("Part/z.jpg or ") && message.contains("part/z.jpg"), message);
    }

    @Test
    void anEmptyGroupIsTheImageItself() throws IOException {
        SourceListing listing = read("image_id,label,lesion_id", "a,x,L1", "b,x,", "c,x,L1", "d,x,");
        assertEquals(Map.of("a", "L1", "b", "b", "c", "L1", "d", "d"), groups(listing));
    }

    @Test
    void patientsAndLesionsJoinWhatTheyShare() throws IOException {
        // a and b share a patient, b and c a lesion: all three belong together. d has patient L2, which is no lesion.
        SourceListing listing =
                read("image_id,label,patient_id,lesion_id", "a,x,P1,L1", "b,x,P1,L2", "c,x,,L2", "d,x,L2,");
        Map<String, String> groups = groups(listing);
        assertEquals(groups.get("a"), groups.get("b"));
        assertEquals(groups.get("a"), groups.get("c"));
        assertTrue(!groups.get("a").equals(groups.get("d")), groups.toString());
    }

    @Test
    void columnsCanBeNamedAndOthersAreKept() throws IOException {
        LabelColumns columns = LabelColumns.recognised(csv)
                .with()
                .id(Optional.of("file"))
                .label(Optional.of("dx"))
                .groups(List.of("person"))
                .part(Optional.of("fold"))
                .build();
        SourceListing listing =
                read(columns, "file,dx,person,fold,age,width", "a.jpg,nv,7,Train,40,600", "b,mel,8,val,50,");
        SourceImage first = listing.images().get(0);
        assertEquals("nv", first.label());
        assertEquals("7", first.group());
        assertEquals(Optional.of(Part.TRAIN), first.part());
        assertEquals(List.of("person", "age", "source_width"), listing.extraColumns());
        assertEquals(List.of("7", "40", "600"), first.extra());
        assertEquals(Optional.of(Part.VALIDATION), listing.images().get(1).part());
    }

    @Test
    void groupsCanBeSwitchedOff() throws IOException {
        LabelColumns columns =
                LabelColumns.recognised(csv).with().groups(List.of("none")).build();
        SourceListing listing = read(columns, "image_id,label,lesion_id", "a,x,L1", "b,x,L1");
        assertEquals(Map.of("a", "a", "b", "b"), groups(listing));
    }

    @Test
    void unknownColumnsAndPartsAreNamed() {
        assertTrue(failure("foo,bar", "a,b").contains("[foo, bar]"));
        assertTrue(failure("image_id,bar", "a,b").contains("--label-column"));
        String column = assertThrows(
                        UnusableInputException.class,
                        () -> read(
                                LabelColumns.recognised(csv)
                                        .with()
                                        .part(Optional.of("fold"))
                                        .build(),
                                "image_id,label",
                                "a,x"))
                .getMessage();
        assertTrue(column.contains("no column 'fold'"), column);
        String part = assertThrows(
                        UnusableInputException.class,
                        () -> read(
                                LabelColumns.recognised(csv)
                                        .with()
                                        .part(Optional.of("fold"))
                                        .build(),
                                "image_id,label,fold",
                                "a,x,3"))
                .getMessage();
        assertTrue(part.contains("line 2: '3' in column 'fold' is not a part"), part);
    }

    @Test
    void damagedTablesAreRefused() {
        assertTrue(failure("image_id,label", "a,benign,x").contains("line 2 has 3 fields, the header has 2"));
        assertTrue(failure("image_id,path,label", "a,a.jpg,x", "b,b.jpg").contains("labels.csv"));
        assertTrue(failure("image_id,label", "\"a,benign").contains("labels.csv"));
        assertTrue(failure("image_id,label").contains("lists no image"));
        assertTrue(failure("").contains("lists no image"));
    }

    @Test
    void spreadsheetsWithBomAndSemicolonsAreRead() throws IOException {
        assertEquals("x", read("\uFEFFimage_id;label", "a;x").images().get(0).label());
    }

    @Test
    void aFileThatIsNotUtf8IsRefusedRatherThanMisread() throws IOException {
        Files.write(csv, "image,label;nävus\na,benign\n".getBytes(StandardCharsets.ISO_8859_1));
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> LabelFile.read(folder, LabelColumns.recognised(csv), PartNames.usual(), ClassChoice.ALL))
                .getMessage();
        assertTrue(message.contains("labels.csv is not UTF-8 text; save it as"), message);
    }

    @Test
    void copiesInHiddenFoldersAreNoSecondFile() throws IOException {
        Files.createDirectories(folder.resolve(".ipynb_checkpoints"));
        Files.writeString(folder.resolve(".ipynb_checkpoints/a.jpg"), "copy");
        assertEquals(
                List.of("a.jpg"),
                read("image,label", "a,benign").images().stream()
                        .map(SourceImage::source)
                        .toList());
    }

    @Test
    void theMetadataOfIsic2017WorksAsItIs() throws Exception {
        Path isic = SharedFolder.require().resolve("data/isic2017_256");
        SourceListing listing = LabelFile.read(
                isic,
                LabelColumns.recognised(isic.resolve("metadata.csv"))
                        .with()
                        .part(Optional.of("split"))
                        .build(),
                PartNames.with(Map.of("val", "test")),
                ClassChoice.ALL);
        assertEquals(2150, listing.images().size());
        assertEquals(List.of(), listing.skipped());
        assertEquals(
                150,
                listing.images().stream()
                        .filter(image -> image.part().equals(Optional.of(Part.TEST)))
                        .count());
        // 1,481 images have no lesion; the others are of 656 lesions.
        assertEquals(
                1481 + 656,
                listing.images().stream().map(SourceImage::group).distinct().count());
    }
}
