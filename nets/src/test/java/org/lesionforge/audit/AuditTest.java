package org.lesionforge.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.Tampering;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.prepare.GroupConflict;
import org.lesionforge.data.prepare.Grouping;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.data.source.PartNames;
import org.lesionforge.image.Filter;
import org.lesionforge.image.Resampler;
import org.lesionforge.image.RgbImage;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.io.json.Json;
import org.lesionforge.phantom.PhantomLesion;
import org.lesionforge.phantom.Phantoms;

/** A data set of phantoms with a copy across parts, a copy with another label, and a lesion on both sides. */
class AuditTest {
    @TempDir
    Path folder;

    /** Sides of the stored images. */
    private List<Integer> sizes = List.of(64, 96);

    private final List<String> table = new ArrayList<>(List.of("id,label,lesion_id,split,license"));

    private static RgbImage phantom(int lesion, long photograph) {
        return Phantoms.draw(PhantomLesion.of(lesion % 2 == 0, 500 + lesion), photograph, 96);
    }

    private void add(String id, RgbImage image, String label, String lesion, String part) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.write(source.resolve(id + ".jpg"), Tampering.jpegFile(image, 0.9f));
        table.add(String.join(",", id, label, lesion, part, table.size() % 2 == 0 ? "CC-0" : "CC BY-NC 4.0"));
    }

    private void addLesions(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            add("P" + i, phantom(i, 1), i % 2 == 0 ? "malignant" : "benign", "L" + i, i % 4 < 2 ? "train" : "test");
        }
    }

    private void plantLeaks() throws IOException {
        addLesions(12);
        RgbImage small = Resampler.resize(phantom(0, 1), 80, 80, Filter.BICUBIC);
        add("resized-mirrored", Tampering.jpeg(Tampering.laidOver(small, true, 0), 0.6f), "malignant", "L90", "test");
        RgbImage cut = Tampering.cropped(phantom(1, 1), 0.08, 0.2, 0.9);
        add("cropped-turned", Tampering.laidOver(cut, false, 1), "malignant", "L91", "train");
        add("second-photograph", phantom(5, 2), "benign", "L5", "test");
        // L5 is i = 5: 5 % 4 = 1, so its first photograph is in train.
    }

    private Dataset prepare(String name, Grouping grouping, List<String> groups, GroupConflict spanning, boolean given)
            throws IOException {
        Path labels = folder.resolve("source").resolve("labels.csv");
        Files.write(labels, table);
        LabelColumns columns = LabelColumns.recognised(labels)
                .with()
                .id(Optional.of("id"))
                .label(Optional.of("label"))
                .groups(groups)
                .part(given ? Optional.of("split") : Optional.empty())
                .build();
        Path out = folder.resolve(name);
        Preparation.run(
                PreparationOptions.of(folder.resolve("source"), out)
                        .with()
                        .labels(Optional.of(columns))
                        .grouping(grouping)
                        .partNames(given ? PartNames.usual() : PartNames.usual().ignored())
                        .spanning(spanning)
                        .sizes(sizes)
                        .test(0.3)
                        .validation(0)
                        .threads(1)
                        .build(),
                Progress.SILENT);
        return Dataset.open(out);
    }

    private static AuditResult audit(Dataset dataset) {
        return Audit.of(dataset, Optional.empty(), Progress.SILENT);
    }

    @Test
    void wordsForMissingAreNoIdentifiers() throws IOException {
        addLesions(4);
        add("unknown-train", phantom(4, 1), "malignant", "NA", "train");
        add("unknown-test", phantom(5, 1), "benign", "NA", "test");
        AuditResult audit = audit(prepare("dataset", Grouping.GIVEN, List.of("none"), GroupConflict.ERROR, true));
        Identifier lesions = audit.identifiers().stream()
                .filter(each -> each.column().equals("lesion_id"))
                .findFirst()
                .orElseThrow();
        assertEquals(4, lesions.values());
        assertEquals(List.of(), lesions.acrossParts());
    }

    @Test
    void findsEveryPlantedLeakAndWritesItDown() throws IOException {
        plantLeaks();
        Dataset dataset = prepare("dataset", Grouping.GIVEN, List.of("none"), GroupConflict.ERROR, true);
        AuditResult audit = audit(dataset);

        assertTrue(audit.partsOverlap());
        assertEquals(2, audit.copies().pairs().size());
        assertEquals(0, audit.copies().exact());
        assertEquals(1, audit.copies().acrossParts());
        assertEquals(1, audit.copies().otherLabel());
        assertEquals(2, audit.copies().unknown());
        ImagePair worst = audit.copies().pairs().get(0);
        assertEquals(Set.of("P0", "resized-mirrored"), Set.of(worst.a(), worst.b()));
        assertEquals("mirrored", worst.how());
        assertNull(worst.cosine());
        assertTrue(audit.copies().pairs().get(1).how().startsWith("turned, 9"));

        Identifier lesions = audit.identifiers().get(1);
        assertEquals("lesion_id", lesions.column());
        assertEquals(14, lesions.values());
        assertEquals(List.of("L5"), lesions.acrossParts());
        assertEquals(List.of(), lesions.otherLabel());
        assertEquals(List.of(), audit.identifiers().get(0).acrossParts());

        assertEquals(
                Map.of("CC-0", 7, "CC BY-NC 4.0", 8), audit.licences().get(0).images());
        assertEquals(
                2,
                audit.findings().stream()
                        .filter(finding -> finding.level() == Finding.Level.LEAK)
                        .count());

        Path out = folder.resolve("audit");
        AuditFolder.write(out, dataset, audit);
        assertTrue(Files.exists(out.resolve("copies.png")));
        assertFalse(Files.exists(out.resolve("look-alikes.png")));
        assertEquals(audit, Json.read(AuditFolder.result(out), AuditResult.class));
    }

    @Test
    void groupsOfNearDuplicatesLeaveNothingToFind() throws IOException {
        plantLeaks();
        AuditResult audit = audit(prepare("split", Grouping.AUTO, List.of(), GroupConflict.ERROR, false));
        assertFalse(audit.partsOverlap());
        assertEquals(2, audit.copies().pairs().size());
        assertEquals(0, audit.copies().unknown());
    }

    /** Groups are made before images are stored; at other sizes copies look otherwise, at 28 pixels like nothing known. */
    @Test
    void aDataSetIsSearchedByWhatItsGroupsWereMadeByWhateverItStores() throws IOException {
        plantLeaks();
        List<List<ImagePair>> found = new ArrayList<>();
        List<String> splits = new ArrayList<>();
        for (List<Integer> stored : List.of(List.of(64, 96), List.of(32, 96), List.of(28))) {
            sizes = stored;
            Dataset dataset = prepare("side" + stored.get(0), Grouping.AUTO, List.of(), GroupConflict.ERROR, false);
            found.add(audit(dataset).copies().pairs());
            splits.add(dataset.manifest().split().sha256());
        }
        assertEquals(2, found.get(0).size());
        assertEquals(found.get(0), found.get(1), "to the last digit of their similarity");
        assertEquals(found.get(0), found.get(2));
        assertEquals(1, Set.copyOf(splits).size());

        Path file = folder.resolve("side28").resolve("thumbnails.npy");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        Dataset changed = Dataset.open(folder.resolve("side28"));
        String message =
                assertThrows(UnusableInputException.class, () -> audit(changed)).getMessage();
        assertTrue(message.startsWith(file + ": its SHA-256 does not match"), message);
    }

    @Test
    void copiesAcrossGivenPartsStopThePreparationOrAreLeftOut() throws IOException {
        plantLeaks();
        UnusableInputException failure = assertThrows(
                UnusableInputException.class,
                () -> prepare("refused", Grouping.AUTO, List.of("none"), GroupConflict.ERROR, true));
        assertTrue(failure.getMessage().contains("P0 in train"), failure.getMessage());
        Dataset left = prepare("left", Grouping.AUTO, List.of(), GroupConflict.LEAVE_OUT, true);
        // P0 and P5 leave the training part.
        assertEquals(13, left.images().size());
        assertFalse(audit(left).partsOverlap());
    }

    @Test
    void equalPixelsAreFoundEvenWithoutDetailAndLesionsWithTwoLabelsToo() throws IOException {
        addLesions(8);
        RgbImage flat = RgbImage.wrap(96, 96, new byte[3 * 96 * 96]);
        add("flat-1", flat, "benign", "L100", "train");
        add("flat-2", flat, "malignant", "L100", "train");
        AuditResult audit = audit(prepare("flat", Grouping.GIVEN, List.of(), GroupConflict.ERROR, true));
        assertFalse(audit.partsOverlap());
        assertEquals(1, audit.copies().exact());
        assertEquals(0, audit.copies().near());
        assertEquals(1, audit.copies().otherLabel());
        assertEquals(List.of("L100"), audit.identifiers().get(1).otherLabel());
    }
}
