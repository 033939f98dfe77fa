package org.lesionforge.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.PngWriter;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.metric.OperatingPoint;
import org.lesionforge.report.FakeRun;
import org.lesionforge.report.SeveralNetworks;
import org.lesionforge.run.RunLayout.EvidenceMaps;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
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
    void theFirstScreenBeginsWithWhatAllNetworksShow() throws Exception {
        FakeRun.complete(run);
        FakeRun.write(
                run,
                "results.json",
                new SeveralNetworks("resnet-50", "vgg-16")
                        .area("dcgan", 4, 1, 7, 0.02)
                        .area("dcgan", 0.5, -1, 2, 1)
                        .sensitivity(OperatingPoint.HALF, 0, -1, 1)
                        .sensitivity(OperatingPoint.HALF, -12, -20, -4)
                        .json());
        String text = parse(Report.write(run)).getDocumentElement().getTextContent();
        int verdict = text.indexOf("Only resnet-50 of 2 networks shows a gain in ROC AUC with dcgan against none");
        int fall = text.indexOf("What falls with dcgan against none: sensitivity at ½ with vgg-16 (−12.0 points");
        int each =
                text.indexOf("ROC AUC with dcgan against none: resnet-50 +4.0 points, 95 % CI +1.0 to +7.0; vgg-16 ");
        int one = text.indexOf("resnet-50: Larger than chance among these test images");
        int other = text.indexOf("vgg-16: “Balanced with DCGAN images, vgg-16” is not shown to change ROC AUC");
        assertTrue(0 < verdict && verdict < fall && fall < each && each < one && one < other, text);
        assertEquals(
                2, text.split("In the arm dcgan the scarce class alone", -1).length, "once, not with each network");
    }

    /** A generator whose training has other columns than a DCGAN's: whatever is a loss is drawn, also where a step has none. */
    @Test
    void lossesOfAnotherFamilyAreDrawn() throws Exception {
        FakeRun.complete(run);
        FakeRun.write(
                run,
                "gan/stats.jsonl",
                """
                {"iteration": 1, "epoch": 1, "loss_critic": -0.5, "critic_real": 3.5}
                {"iteration": 2, "epoch": 1, "loss_critic": -0.7, "loss_generator": 0.25, "critic_real": 3.5}
                """);
        String text = parse(Report.write(run)).getDocumentElement().getTextContent();
        assertTrue(text.contains("What the training minimises."), text);
        String losses = Files.readString(run.resolve("figures/fig5-loss.svg"));
        assertTrue(losses.contains("loss critic") && losses.contains("loss generator"), losses);
        assertFalse(losses.contains("critic real"), losses);
        assertFalse(text.contains("Figure C."), text);
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
    void everyFamilyHasASectionOfItsOwnUnderTheTitleInItsFiles() throws Exception {
        FakeRun.ganTraining(run);
        // The old places of the one family, beside the new ones of another.
        for (String file : new String[] {"stats.jsonl", "metrics.jsonl"}) {
            FakeRun.write(run, "generators/toy/" + file, Files.readString(run.resolve("gan/" + file)));
        }
        FakeRun.write(
                run, "generators/toy/config.json", "{\"family\": \"toy\", \"title\": \"Toy GAN\", \"images\": 5}");
        FakeRun.write(run, "synthetic/seed0/similarity.csv", "similarity,kept\n0.5,true\n0.99,false\n");
        FakeRun.write(run, "synthetic/toy/seed0/similarity.csv", "similarity,kept\n0.5,true\n");
        FakeRun.write(run, "synthetic/toy/seed1/similarity.csv", "similarity,kept\n0.6,true\n0.7,true\n");
        FakeRun.write(run, "synthetic/toy/held-out-similarity.csv", "similarity\n0.4\n");
        String text = parse(Report.write(run)).getDocumentElement().getTextContent();
        for (String expected : new String[] {
            "The DCGAN",
            "The Toy GAN",
            "Do generated images",
            "Figure 5.2.",
            "Does the DCGAN copy? 2 images were drawn and 1 dropped",
            "Does the Toy GAN copy? 3 images were drawn and 0 dropped"
        }) {
            assertTrue(text.contains(expected), expected);
        }
        assertTrue(text.indexOf("The DCGAN") < text.indexOf("The Toy GAN"));
        // Loss, probabilities and distance of each, and both similarities.
        assertEquals(8, drawings().size());
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
    void whatIsUndefinedIsADashOfItsOwn() throws Exception {
        FakeRun.complete(run);
        // The mean over seeds, one of which has no value, and an interval without ends.
        FakeRun.write(
                run,
                "results.json",
                FakeRun.RESULTS
                        .replace("\"name\": \"dcgan\"", "\"name\": \"none\"")
                        .replace("[-0.05, 0.11667]", "[\"NaN\", \"NaN\"]"));
        String text = parse(Report.write(run)).getDocumentElement().getTextContent();
        assertFalse(text.contains("– ±") || text.contains("± –") || text.contains("– to –"), text);
    }

    @Test
    void redrawingChangesNothing() throws Exception {
        FakeRun.complete(run);
        String first = Files.readString(Report.write(run));
        assertEquals(first, Files.readString(Report.write(run)));
    }

    @Test
    void mapsOfSmallImagesAreLeftOutWithTheReason() throws Exception {
        FakeRun.complete(run);
        FakeRun.write(run, "config.json", "{\"options\": {\"classifier\": {\"size\": 75}}}");
        String text = parse(Report.write(run)).getDocumentElement().getTextContent();
        // 75 → 37 → 35 → 17 → 15 → 7 → 3 → 1, by the strides and windows of Inception V3.
        assertTrue(text.contains("saw images of 75 pixels, of which Inception V3's last feature map has 1 × 1"), text);
        assertFalse(text.contains("Figure F."));
        FakeRun.write(run, "config.json", "{\"options\": {\"classifier\": {\"size\": 140}}}");
        text = parse(Report.write(run)).getDocumentElement().getTextContent();
        assertTrue(text.contains("Figure F."));
        assertEquals(8, EvidenceSection.featureMap(299));
    }

    /** What a sheet says of its network comes before what the images' size would mean of another. */
    @Test
    void sheetsSayWhoseMapsTheyAre() throws Exception {
        FakeRun.complete(run);
        FakeRun.write(run, "config.json", "{\"options\": {\"classifier\": {\"size\": 75}}}");
        for (int places : new int[] {2, 3}) {
            for (String arm : List.of("none", "dcgan")) {
                PngWriter.write(
                        RgbImage.wrap(1, 1, new byte[3]),
                        new EvidenceMaps("Small Net", places).texts(),
                        run.resolve("examples/evidence-" + arm + "-seed0.png"));
            }
            String text = parse(Report.write(run)).getDocumentElement().getTextContent();
            assertEquals(places > 2, text.contains("Figure F."));
            assertEquals(
                    places == 2, text.contains("75 pixels, of which Small Net's last feature map has 2 × 2"), text);
        }
    }

    @Test
    void everyFigureAndTableHasAnAddressOfItsOwnAndItsData() throws Exception {
        Document page = parse(Report.write(FakeRun.complete(run)));
        NodeList all = page.getElementsByTagName("*");
        Set<String> addresses = new HashSet<>();
        Set<String> downloads = new HashSet<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttribute("id")) {
                assertTrue(addresses.add(element.getAttribute("id")), element.getAttribute("id"));
            }
            if (element.hasAttribute("download")) {
                downloads.add(element.getAttribute("download"));
                String data = element.getAttribute("href").replaceFirst("data:text/csv;charset=utf-8;base64,", "");
                String table = new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
                assertTrue(table.lines().count() > 1 && table.contains(","), table);
            }
        }
        for (String address : addresses) {
            if (address.startsWith("table-")) {
                assertTrue(downloads.contains(address + ".csv"), address);
            }
        }
        for (String figure :
                List.of("figure-0", "figure-3", "figure-4", "figure-5", "figure-6", "figure-b", "figure-b-2")) {
            assertTrue(addresses.contains(figure) && downloads.contains(figure + ".csv"), figure);
        }
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

    static Document parse(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }
}
