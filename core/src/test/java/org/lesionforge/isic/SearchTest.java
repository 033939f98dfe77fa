package org.lesionforge.isic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.isic.SearchResult.Facet;
import org.lesionforge.isic.SearchResult.Value;

class SearchTest {
    private static SearchResult search(StandInArchive archive, String query, int rows) throws IOException {
        return Search.of(
                Archive.at(archive.address(), Progress.SILENT), new IsicQuery(query, List.of()), rows, Progress.SILENT);
    }

    @Test
    void countsClassesTypesAndLicences() throws IOException {
        try (StandInArchive archive = new StandInArchive(1000)) {
            SearchResult result = search(archive, "image_type:dermoscopic OR sex:male", 3);
            assertEquals(1000, result.count());
            assertFalse(result.exact());
            assertEquals(
                    List.of("ISIC_0000999", "ISIC_0000998", "ISIC_0000997"),
                    result.images().stream().map(ArchiveImage::id).toList());
            assertEquals(
                    new Facet(
                            "diagnosis_1",
                            true,
                            List.of(
                                    new Value("Benign", 500),
                                    new Value("Indeterminate", 100),
                                    new Value("Malignant", 300),
                                    new Value("unknown", 100))),
                    result.facets().get(0));
            assertEquals(
                    new Facet(
                            "copyright_license",
                            true,
                            List.of(new Value("CC-0", 334), new Value("CC-BY", 333), new Value("CC-BY-NC", 333))),
                    result.facets().get(2));
            long exact = 0;
            for (int i = 900; i < 1000; i++) {
                exact += archive.content(i).length;
            }
            assertEquals(10 * exact, result.bytes());
        }
    }

    @Test
    void aFewImagesAreCountedExactly() throws IOException {
        try (StandInArchive archive = new StandInArchive(30)) {
            SearchResult result = search(archive, "age_approx:[20 TO 30] AND -diagnosis_1:Benign", 0);
            // Ages 20, 25, 30 are those of i mod 13 = 0, 1, 2; of 0 1 2 13 14 15 26 27 28, 15 and 26 to 28 are not
            // benign.
            assertEquals(4, result.count());
            assertTrue(result.exact());
            assertEquals(
                    archive.content(15).length
                            + archive.content(26).length
                            + archive.content(27).length
                            + archive.content(28).length,
                    result.bytes());
            assertEquals(
                    List.of(new Value("Malignant", 3), new Value("unknown", 1)),
                    result.facets().get(0).values());
        }
    }

    @Test
    void aFieldThatIsNotSearchedIsCountedOnTheFirstPage() throws IOException {
        try (StandInArchive archive = new StandInArchive(300)) {
            archive.searchesNoLicences();
            Facet licences = search(archive, "", 0).facets().get(2);
            assertFalse(licences.counted());
            assertEquals(
                    List.of(new Value("CC-0", 33), new Value("CC-BY", 33), new Value("CC-BY-NC", 34)),
                    licences.values());
        }
    }

    @Test
    void withoutAnArchiveItSaysSo() throws IOException {
        StandInArchive gone = new StandInArchive(1);
        gone.close();
        Exception failure = assertThrows(MissingRequirementException.class, () -> search(gone, "", 1));
        assertTrue(failure.getMessage().contains("no connection"), failure.getMessage());
    }
}
