package org.lesionforge.report.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.lesionforge.io.AtomicFile;
import org.lesionforge.report.ArmRuns;
import org.lesionforge.report.GeneratorText;
import org.lesionforge.report.RunOrigin;
import org.lesionforge.report.ScoredArm;
import org.lesionforge.report.figure.Svg;
import org.lesionforge.run.GanFiles;
import org.lesionforge.run.Results;
import org.lesionforge.run.RunFiles;

/**
 * The experiment as one self-contained page: every table and figure of the paper, numbered as there, and what the paper leaves out, which has
 * letters. The page loads nothing and runs no script; it follows the reader's light or dark setting and prints.
 */
public final class Report {
    private Report() {}

    /**
     * Writes {@code RUN/report.html}, and each drawing as {@code RUN/figures/<name>.svg}, replacing older ones. An
     * unfinished run is drawn as far as it has come; what is missing is said.
     *
     * @param run directory of an experiment or of a generator's training
     * @return the page
     * @throws org.lesionforge.io.UnusableInputException when {@code run} is not a run directory or one of its files
     *     cannot be read
     * @throws IOException when the page cannot be written
     */
    public static Path write(Path run) throws IOException {
        RunFiles files = new RunFiles(run);
        Page page = new Page(run);
        String title = title(files);
        ExternalSection external = new ExternalSection(page, files);
        List<String> warnings = Stream.concat(generatorWarnings(files.allGenerators()), external.warnings().stream())
                .toList();
        new FirstScreen(title, page, files, warnings).write();
        RecordSections records = new RecordSections(page, files);
        differencesFromPaper(page, files);
        records.data();
        new FoldSection(page, files).write();
        new ResultSections(page, files).write();
        List<ArmRuns> arms = ArmRuns.tested(files);
        List<ScoredArm> scored = ScoredArm.of(files, arms);
        SummaryTables tables = new SummaryTables(page, files);
        page.openSection("measures", "Curves and measures");
        new CurveSection(page, arms, scored).write();
        tables.measures();
        tables.ensembles();
        tables.thresholds();
        new CalibrationSection(page, scored, tables).write();
        new SubgroupSection(page, files, scored).write();
        new EvidenceSection(page, files).write();
        if (!external.replacesGan()) {
            GanSection.write(page, files);
        }
        external.write();
        new MemorisationSection(page, files).write();
        new FilterSection(page, files).write();
        records.imageQuality();
        new GeneratedSection(page, files).write();
        records.leakage();
        new AuditSection(page, files).write();
        records.configuration();
        for (Svg figure : page.figures()) {
            AtomicFile.writeString(files.layout().figures().resolve(figure.id() + ".svg"), figure.standalone());
        }
        Path target = files.layout().page();
        AtomicFile.writeString(target, page.html(title));
        return target;
    }

    private static Stream<String> generatorWarnings(List<GanFiles> generators) {
        boolean several = generators.stream().map(GanFiles::family).distinct().count() > 1;
        return generators.stream().flatMap(gan -> new GeneratorText(gan)
                .warning().map(text -> several ? gan.title() + ": " + text : text).stream());
    }

    private static String title(RunFiles files) throws IOException {
        boolean phantoms = new RunOrigin(files).phantoms().orElse(false);
        return (phantoms ? "Lesionforge report on phantoms: " : "Lesionforge report: ")
                + files.layout().folder().toAbsolutePath().normalize().getFileName();
    }

    private static void differencesFromPaper(Page page, RunFiles files) {
        page.section("differences", "What differs from the paper");
        List<String> differences =
                files.results().map(Results::differencesFromPaper).orElse(List.of());
        if (differences.isEmpty()) {
            page.missing(
                    files.results().isEmpty()
                            ? "Not known yet: results.json is written at the experiment's end."
                            : "The run names no difference.");
            return;
        }
        page.body().open("ul");
        differences.forEach(difference -> page.body().element("li", difference));
        page.body().close();
    }
}
