package org.lesionforge.report.page;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.report.FakeRun;
import org.w3c.dom.Document;

/** What the report says of where a run comes from: its images and their licences, the command, the machine. */
final class ReportedOriginTest {
    @TempDir
    private Path run;

    @Test
    void pageSaysWhatItIsOfAndWhatMadeIt() throws Exception {
        FakeRun.complete(run);
        String text = ReportTest.parse(Report.write(run)).getDocumentElement().getTextContent();
        for (String fact : List.of(
                "2026-11-28, 06:01 UTC",
                "“hospital/photos”, 250 images of 125 groups",
                "4 images of 4 groups",
                "lesionforge experiment 'my lesions' --out run",
                "0123abc-dirty",
                "2.10.0, AVX2",
                "Some CPU",
                "cpu, 2 threads; Linux amd64",
                "not a medical device",
                "Synthetic images are not anonymous")) {
            assertTrue(text.contains(fact), fact);
        }
        assertFalse(text.contains("Not known"));
        assertFalse(text.contains("phantoms"));
    }

    @Test
    void whatAnOldRunDidNotRecordIsNotKnown() throws Exception {
        FakeRun.complete(run);
        FakeRun.write(
                run,
                "provenance.json",
                "{\"lesionforge\": \"0.1.0\", \"java\": \"17\", \"platform\": \"Linux amd64\", \"device\": \"cpu, 2 threads\", \"seed\": 0,"
                        + " \"dataset\": \"d\", \"split_sha256\": \"ab\", \"classifier_weights\": null, \"metric_weights\": null}");
        String text = ReportTest.parse(Report.write(run)).getDocumentElement().getTextContent();
        assertTrue(
                text.contains(
                        "Not knownDate, Command line, Commit, libtorch, Processor or card: not in provenance.json"),
                text);
        Files.delete(run.resolve("provenance.json"));
        assertTrue(ReportTest.parse(Report.write(run))
                .getDocumentElement()
                .getTextContent()
                .contains("there is no provenance.json in this folder"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "\"device\": \"cpu, 2 threads\"|\"device\": null|key 'device'",
                "\"groups\": 125|\"groups\": \"many\"|key 'groups'",
                "\"commit\": \"0123abc-dirty\"|\"commit\": 7|key 'commit'",
                "2026-11-28T06:01:16Z|yesterday|'started' should be a time such as 2026-11-28T06:01:16Z",
                "[\"experiment\"|[7|key 'command[0]'",
            })
    void damagedProvenanceIsNamed(String whole, String damaged, String words) throws Exception {
        FakeRun.complete(run);
        FakeRun.write(run, "provenance.json", FakeRun.PROVENANCE.replace(whole, damaged));
        String message = assertThrows(UnusableInputException.class, () -> Report.write(run))
                .getMessage();
        assertTrue(message.contains("provenance.json") && message.contains(words), message);
    }

    @Test
    void phantomsAreCalledPhantomsInTheTitle() throws Exception {
        FakeRun.complete(run);
        FakeRun.write(run, "gan/training-ids.txt", "PL_M000001_0\nPL_M000002_1\n");
        Files.delete(run.resolve("arms/none-seed0/predictions-test.csv"));
        Files.delete(run.resolve("arms/dcgan-seed0/predictions-test.csv"));
        Document page = ReportTest.parse(Report.write(run));
        String title = page.getElementsByTagName("title").item(0).getTextContent();
        assertTrue(title.startsWith("Lesionforge report on phantoms"), title);
        // One photograph among them, and they are no phantoms.
        FakeRun.write(run, "gan/training-ids.txt", "PL_M000001_0\nISIC_0000001\n");
        title = ReportTest.parse(Report.write(run))
                .getElementsByTagName("title")
                .item(0)
                .getTextContent();
        assertFalse(title.contains("phantoms"), title);
    }

    @Test
    void theGeneratorsImagesKeepTheirLicences() throws Exception {
        FakeRun.ganTraining(run);
        FakeRun.write(
                run,
                "gan/licences.json",
                "{\"attributions\": {\"CC-0\": {\"A\": 5}, \"CC-BY-NC\": {\"B\": 3, \"C\": 4}}}");
        String text = ReportTest.parse(Report.write(run)).getDocumentElement().getTextContent();
        assertTrue(text.contains("the generator learned from: CC-0 (5), CC-BY-NC (7)."), text);
        assertTrue(text.contains("Not for commercial use: 7 of the images"));
    }
}
