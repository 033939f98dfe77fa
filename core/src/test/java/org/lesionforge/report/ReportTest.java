package org.lesionforge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.UnusableInputException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

final class ReportTest {
    @TempDir
    private Path run;

    @Test
    void finishedRunShowsEveryTableAndFigureOfThePaper() throws Exception {
        String text =
                parse(Report.write(FakeRun.complete(run))).getDocumentElement().getTextContent();
        for (int table = 1; table <= 3; table++) {
            assertTrue(text.contains("Table " + table + "."), "Table " + table);
        }
        for (int figure : new int[] {1, 3, 4, 5, 6}) {
            assertTrue(text.contains("Figure " + figure + "."), "Figure " + figure);
        }
        assertTrue(text.contains("Figure 7, left.") && text.contains("Figure 7, right."));
        for (String number :
                List.of("0.8333", "+3.33", "0.688", "0.818", "1 h 2 min", "AUC 0.875", "12.35", "125 groups")) {
            assertTrue(text.contains(number), number);
        }
        assertTrue(text.contains("not shown to be more than chance"));
        assertTrue(text.contains("Licences of the images: CC-0 (200), CC-BY-NC (50)."));
        assertTrue(text.contains("Not for commercial use: 50 of the images"));
        assertTrue(text.contains("✗ DOES NOT HOLD"));
        assertTrue(text.contains("gan.epochs") && text.contains("weights[0].file"));
    }

    @Test
    void everyDrawingIsAWellFormedFileWithTitleDescriptionAndLabels() throws Exception {
        Report.write(FakeRun.complete(run));
        List<Path> drawings = drawings();
        assertEquals(14, drawings.size(), drawings.toString());
        for (Path drawing : drawings) {
            Document svg = parse(drawing);
            assertEquals("title", svg.getDocumentElement().getFirstChild().getNodeName());
            assertEquals(1, svg.getElementsByTagName("desc").getLength());
            assertTrue(svg.getElementsByTagName("text").getLength() > 6, drawing.toString());
            assertFalse(Files.readString(drawing).contains("NaN"), drawing.toString());
        }
    }

    @Test
    void curvesMeasuresCalibrationSubgroupsAndEvidenceAreShown() throws Exception {
        String text =
                parse(Report.write(FakeRun.complete(run))).getDocumentElement().getTextContent();
        for (String shown : List.of(
                "Figure A, right.",
                "AP 0.833",
                "0.800 (0.700 to 0.900)",
                "Original data, 0.365",
                "0.777 (0.600 to 0.850)",
                "1.23",
                "0.200 → 0.123 (0.100 to 0.200)",
                "sex: female",
                "skin type: ii",
                "Figure F.")) {
            assertTrue(text.contains(shown), shown);
        }
        String reliability = Files.readString(run.resolve("figures/figE-reliability-none.svg"));
        assertTrue(reliability.contains("as trained") && reliability.contains("with temperature"));
        assertFalse(Files.readString(run.resolve("figures/figE-reliability-dcgan.svg"))
                .contains("with temperature"));
        assertEquals(
                2,
                parse(run.resolve("figures/figA-roc.svg"))
                        .getElementsByTagName("polygon")
                        .getLength());
    }

    @Test
    void seedsWithTheSameTestImagesAreDrawnTogether() throws Exception {
        FakeRun.complete(run);
        FakeRun.write(run, "results.json", FakeRun.RESULTS.replace("\"name\": \"dcgan\"", "\"name\": \"none\""));
        String text = parse(Report.write(run)).getDocumentElement().getTextContent();
        assertTrue(text.contains("Mean of the seeds' curves"));
        assertTrue(text.contains("all seeds together"));

        // A seed with other test images has no place in their mean.
        FakeRun.write(
                run,
                "arms/dcgan-seed0/predictions-test.csv",
                """
                id,group,truth,prediction,p_benign,p_malignant
                e,g,malignant,malignant,0,1
                f,g,benign,benign,1,0
                g,g,benign,benign,1,0
                h,g,benign,benign,1,0
                """);
        assertFalse(
                parse(Report.write(run)).getDocumentElement().getTextContent().contains("Mean of the seeds"));
    }

    @Test
    void pageLoadsNothingAndRunsNothing() throws Exception {
        Document page = parse(Report.write(FakeRun.complete(run)));
        assertEquals(0, page.getElementsByTagName("script").getLength());
        assertEquals(0, page.getElementsByTagName("link").getLength());
        NodeList images = page.getElementsByTagName("img");
        assertEquals(7, images.getLength());
        for (int i = 0; i < images.getLength(); i++) {
            String source = images.item(i).getAttributes().getNamedItem("src").getNodeValue();
            assertTrue(source.startsWith("data:image/png;base64,"), source);
            assertFalse(images.item(i)
                    .getAttributes()
                    .getNamedItem("alt")
                    .getNodeValue()
                    .isEmpty());
        }
        assertFalse(Files.readString(run.resolve("report.html")).contains("url("));
    }

    @Test
    void distanceThroughOtherFeaturesIsNeverCalledFid() throws Exception {
        Report.write(FakeRun.complete(run));
        String figure = Files.readString(run.resolve("figures/fig6-fid.svg"));
        assertTrue(figure.contains("fd[own-classifier]"));
        assertFalse(figure.contains(">FID") || figure.contains("Inception"));
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(
                page.contains("Figure 6 has no curve for the Inception Score: the classifier has no 1008-way head."));
    }

    @Test
    void theGeneratorsImagesKeepTheirLicences() throws Exception {
        FakeRun.ganTraining(run);
        FakeRun.write(
                run,
                "gan/licences.json",
                "{\"attributions\": {\"CC-0\": {\"A\": 5}, \"CC-BY-NC\": {\"B\": 3, \"C\": 4}}}");
        String text = parse(Report.write(run)).getDocumentElement().getTextContent();
        assertTrue(text.contains("the generator learned from: CC-0 (5), CC-BY-NC (7)."), text);
        assertTrue(text.contains("Not for commercial use: 7 of the images"));
    }

    @Test
    void unfinishedRunIsDrawnAsFarAsItHasCome() throws Exception {
        String text = parse(Report.write(FakeRun.ganTraining(run)))
                .getDocumentElement()
                .getTextContent();
        assertTrue(text.contains("This run has not finished"));
        assertTrue(text.contains("Figure 5."));
        assertTrue(text.contains("Tables 1 to 3 and Figures 3 and 4 cannot be drawn yet"));
        assertTrue(text.contains("Figure 7 cannot be shown yet"));
        assertEquals(3, drawings().size());
    }

    @Test
    void runWithHardlyAnythingIsStillAPage() throws Exception {
        Files.createDirectories(run.resolve("gan"));
        Files.createDirectories(run.resolve("arms/none-seed0"));
        String text = parse(Report.write(run)).getDocumentElement().getTextContent();
        assertTrue(text.contains("gan/stats.jsonl has no lines"));
        FakeRun.write(run, "results.json", "{\"format_version\": 1}");
        UnusableInputException failure = assertThrows(UnusableInputException.class, () -> Report.write(run));
        assertTrue(failure.getMessage().contains("results.json: key '"), failure.getMessage());
    }

    @Test
    void hostileNamesStayText() throws Exception {
        FakeRun.complete(run);
        // Their columns are named after the classes, which get other names here.
        Files.delete(run.resolve("arms/none-seed0/predictions-test.csv"));
        Files.delete(run.resolve("arms/dcgan-seed0/predictions-test.csv"));
        String hostile = "<script>alert(1)</script>\\u0000\\\" onload=\\\"x & y";
        FakeRun.write(
                run,
                "results.json",
                FakeRun.RESULTS
                        .replace("Balanced with DCGAN images", hostile)
                        .replace("\"malignant\"", "\"" + hostile + "\""));
        Document page = parse(Report.write(run));
        assertEquals(0, page.getElementsByTagName("script").getLength());
        assertTrue(page.getDocumentElement().getTextContent().contains("<script>alert(1)</script>"));
        for (Path drawing : drawings()) {
            parse(drawing);
        }
    }

    @Test
    void armOutsideOfTheRunIsRefused() throws Exception {
        FakeRun.complete(run);
        FakeRun.write(run, "results.json", FakeRun.RESULTS.replace("arms/dcgan-seed0", "../../etc"));
        UnusableInputException failure = assertThrows(UnusableInputException.class, () -> Report.write(run));
        assertTrue(failure.getMessage().contains("arms[1].folder"), failure.getMessage());
    }

    @Test
    void redrawingChangesNothing() throws Exception {
        FakeRun.complete(run);
        String first = Files.readString(Report.write(run));
        assertEquals(first, Files.readString(Report.write(run)));
    }

    @Test
    void folderThatIsNoRunIsRefused() {
        UnusableInputException failure = assertThrows(UnusableInputException.class, () -> Report.write(run));
        assertTrue(failure.getMessage().contains("is not a run directory"));
        assertFalse(Files.exists(run.resolve("report.html")));
    }

    @Test
    void brokenFileIsNamed() throws Exception {
        FakeRun.complete(run);
        FakeRun.write(run, "arms/none-seed0/predictions-test.csv", "id,truth\nx,benign\n");
        UnusableInputException failure = assertThrows(UnusableInputException.class, () -> Report.write(run));
        assertTrue(failure.getMessage().contains("predictions-test.csv"), failure.getMessage());
    }

    private List<Path> drawings() throws Exception {
        try (Stream<Path> files = Files.list(run.resolve("figures"))) {
            return files.sorted().toList();
        }
    }

    private static Document parse(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }
}
