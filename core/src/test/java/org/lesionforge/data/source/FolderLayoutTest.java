package org.lesionforge.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.SharedFolder;
import org.lesionforge.data.TestImages;
import org.lesionforge.io.UnusableInputException;

class FolderLayoutTest {
    @TempDir
    Path folder;

    private PartNames names;

    @BeforeEach
    void usualNames() {
        names = PartNames.usual();
    }

    /** Two images in each folder. */
    private void folders(String... paths) throws IOException {
        for (String path : paths) {
            TestImages.writeMany(folder.resolve(path), path.replace('/', '-'), 2);
        }
    }

    /** Number of images by part and class: {@code train/benign}. */
    private Map<String, Integer> list(String... classes) {
        Map<String, Integer> counts = new TreeMap<>();
        ClassFolders.list(folder, names, ClassChoice.of(List.of(classes)))
                .images()
                .forEach(image -> counts.merge(
                        image.part().map(part -> part.word() + "/").orElse("") + image.label(), 1, Integer::sum));
        return counts;
    }

    private String failure(String... classes) {
        return assertThrows(UnusableInputException.class, () -> list(classes)).getMessage();
    }

    @Test
    void trainAndTestAreParts() throws IOException {
        folders("Train/benign", "Train/malignant", "test_set/benign", "test_set/malignant");
        assertEquals(Map.of("train/benign", 2, "train/malignant", 2, "test/benign", 2, "test/malignant", 2), list());
    }

    @Test
    void foldersOfClassesMayHaveFoldersOfPatients() throws IOException {
        folders("benign/p1", "benign/p2", "malignant/p1", "malignant/p2", "other");
        assertEquals(Map.of("benign", 4, "malignant", 4, "other", 2), list());
    }

    @Test
    void aFurtherFolderBesidePartsStops() throws IOException {
        folders("train/benign", "train/malignant", "test/benign", "test/malignant", "unlabelled");
        String message = failure();
        assertTrue(message.contains("[test, train] are parts") && message.contains("[unlabelled]"), message);
        assertTrue(message.contains("move it out of"), message);
    }

    @Test
    void aFurtherFolderOfClassesCanBeCalledAPart() throws IOException {
        folders("train/benign", "holdout/benign");
        assertTrue(failure().contains("--part-map holdout=test"), failure());
        names = PartNames.with(Map.of("holdout", "test"));
        assertEquals(Map.of("train/benign", 2, "test/benign", 2), list());
    }

    @Test
    void aTestFolderWithoutClassesStops() throws IOException {
        folders("train/benign", "train/malignant", "test");
        assertTrue(failure().contains("beside them is [test]"), failure());
        assertTrue(failure().contains("has no class folders"), failure());
    }

    @Test
    void aTestFolderBesideClassesStopsUnlessItIsNamedOrLeftOut() throws IOException {
        folders("benign", "malignant", "test");
        assertTrue(failure().contains("is called like a part"), failure());
        assertEquals(Map.of("benign", 2, "malignant", 2, "test", 2), list("benign", "malignant", "test"));
    }

    @Test
    void anOuterFolderStopsAndTheInnerOneIsNamed() throws IOException {
        folders("archive/isic/train/benign", "archive/isic/test/benign");
        String message = failure();
        assertTrue(message.contains("holds the one folder 'archive'"), message);
        assertTrue(message.contains("(" + folder.resolve("archive/isic") + ") as SOURCE"), message);
        assertTrue(message.endsWith("--classes archive"), message);
        assertEquals(Map.of("archive", 4), list("archive"));
        folder = folder.resolve("archive/isic");
        assertEquals(Map.of("train/benign", 2, "test/benign", 2), list());
    }

    @Test
    void aSingleClassWithFoldersCanBeNamed() throws IOException {
        folders("malignant/p1", "malignant/p2");
        assertTrue(failure().contains("--classes malignant"), failure());
        assertEquals(Map.of("malignant", 4), list("malignant"));
    }

    @Test
    void theWholeSetRepeatedInAFolderStops() throws IOException {
        folders("benign", "malignant", "data/benign", "data/malignant");
        assertTrue(
                failure().contains(folder.resolve("data") + " holds folders that are called like classes"), failure());
    }

    @Test
    void aFolderOfBenignAndMalignantIsNoClass() throws IOException {
        folders("archive/nv", "archive/mel", "extra");
        assertTrue(failure().contains("[mel, nv], so it is not a class"), failure());
    }

    @Test
    void foldersInsideOfPartsThatAreNoClassesStop() throws IOException {
        folders("train/images/benign", "train/images/malignant", "test/images/benign", "test/images/malignant");
        assertTrue(failure().contains("holds the one folder 'images'"), failure());
        assertTrue(failure().contains("and so in the other parts"), failure());
    }

    @Test
    void imagesAndMasksOfTheSameClassesStop() throws IOException {
        folders("images/cats", "images/dogs", "masks/cats", "masks/dogs");
        assertTrue(failure().contains("[images, masks]") && failure().contains("[cats, dogs]"), failure());
        assertEquals(Map.of("images", 4, "masks", 4), list("images", "masks"));
    }

    @Test
    void partsInsideOfClassesArePouredOnlyWhenAsked() throws IOException {
        folders("benign/train", "benign/test", "malignant/train", "malignant/test");
        assertTrue(failure().contains("--part-column none"), failure());
        assertTrue(failure("benign", "malignant").contains("--part-column none"));
        names = PartNames.usual().ignored();
        assertEquals(Map.of("benign", 4, "malignant", 4), list());
    }

    @Test
    void partsWithFoldersInsideOfClassesStopUnlessAllIsSaid() throws IOException {
        folders("benign/train/p1", "benign/test/p2", "malignant/train/p1", "malignant/test/p3");
        assertTrue(failure().contains("--classes benign,malignant --part-column none"), failure());
        assertTrue(failure("benign", "malignant").contains("--part-column none"));
        names = PartNames.usual().ignored();
        assertTrue(failure().contains("--classes benign,malignant"), failure());
        assertEquals(Map.of("benign", 4, "malignant", 4), list("benign", "malignant"));
    }

    @Test
    void aFolderOfImagesOfUnknownClassStopsUnlessItIsNamedOrLeftOut() throws IOException {
        folders("benign", "malignant", "unknown");
        assertTrue(failure().contains("--classes benign,malignant, or"), failure());
        assertEquals(3, list("benign", "malignant", "unknown").size());
        // The choice leaves it out afterwards.
        assertEquals(3, list("benign", "malignant").size());
    }

    @Test
    void theArchiveWithAnUnlabelledFolder() throws Exception {
        folder = SharedFolder.require().resolve("cases/parts-plus-folder");
        assertTrue(failure().contains("beside them is [unlabelled]"), failure());
    }
}
