package org.lesionforge.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lesionforge.io.AtomicFile;

/**
 * The experiment as one self-contained page: every table and figure of the paper, numbered as there, and what the paper leaves out, which has
 * letters. The page loads nothing and runs no script; it follows the reader's light or dark setting and prints.
 */
public final class Report {
    private Report() {}

    /**
     * Writes {@code RUN/report.html}, and each drawing as {@code RUN/figures/<name>.svg}, replacing older ones. An unfinished run is drawn as
     * far as it has come; what is missing is said.
     *
     * @return the page
     * @throws org.lesionforge.io.UnusableInputException when {@code run} is no run directory or one of its files cannot be read
     * @throws IOException when the page cannot be written
     */
    public static Path write(Path run) throws IOException {
        RunFiles files = new RunFiles(run);
        Page page = new Page();
        RecordSections records = new RecordSections(page, files);
        differencesFromPaper(page, files.results());
        records.data();
        new ResultSections(page, files).write();
        new GanSection(page, files).write();
        records.imageQuality();
        records.leakage();
        new AuditSection(page, files).write();
        records.configuration();
        for (Svg figure : page.figures()) {
            AtomicFile.writeString(run.resolve("figures").resolve(figure.id() + ".svg"), figure.standalone());
        }
        Path target = run.resolve("report.html");
        AtomicFile.writeString(target, page.html(title(files), header(files)));
        return target;
    }

    private static String title(RunFiles files) {
        return "Lesionforge report: "
                + files.folder().toAbsolutePath().normalize().getFileName();
    }

    private static void differencesFromPaper(Page page, JsonNode results) {
        page.section("differences", "What differs from the paper");
        JsonNode differences = results.path("differences_from_paper");
        if (differences.isEmpty()) {
            page.missing(
                    results.isMissingNode()
                            ? "Not known yet: results.json is written at the experiment's end."
                            : "The run names no difference.");
            return;
        }
        page.body().open("ul");
        differences.forEach(difference -> page.body().element("li", difference.asText()));
        page.body().close();
    }

    private static String header(RunFiles files) {
        JsonNode results = files.results();
        Markup header = new Markup().open("header");
        header.element("p", title(files), "class", "kicker");
        header.element("h1", "Do DCGAN images of the scarce class improve the classifier?");
        if (results.isMissingNode()) {
            header.element(
                    "p",
                    "This run has not finished: results.json is not there yet. What exists is shown.",
                    "class",
                    "missing");
            return header.close().toString();
        }
        header.element("p", summary(results), "class", "lead");
        List<Arm> arms = Arm.of(results).stream().filter(Arm::isTested).toList();
        header.open("div", "class", "tiles");
        for (Arm arm : arms) {
            tile(header, arm.test("accuracy", 4), "accuracy, " + arm.title());
        }
        for (JsonNode comparison : results.path("comparisons")) {
            if (comparison.path("metric").asText().equals("accuracy")) {
                tile(
                        header,
                        Numbers.signed(100 * Numbers.of(comparison.path("difference")), 2),
                        "percentage points; " + ComparisonText.evidence(comparison));
            }
        }
        header.close();
        ComparisonText.of(results).forEach(sentence -> header.element("p", sentence));
        header.element(
                "p",
                "Tables and figures with a number are the paper's, with its numbers; those with a letter are additions.",
                "class",
                "soft");
        return header.close().toString();
    }

    private static void tile(Markup header, String number, String label) {
        header.open("div", "class", "tile")
                .element("span", number, "class", "number")
                .element("span", label)
                .close();
    }

    private static String summary(JsonNode results) {
        JsonNode dataset = results.path("dataset");
        return Numbers.plain(Numbers.of(dataset.path("images"))) + " images, protocol “"
                + results.path("protocol").asText(Numbers.NONE) + "”, positive class “"
                + results.path("positive").asText(Numbers.NONE) + "”, "
                + Numbers.duration(Numbers.of(results.path("seconds"))) + " in all.";
    }
}
