package org.lesionforge.report.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.lesionforge.io.CsvTable;
import org.lesionforge.io.SheetWriter;
import org.lesionforge.metric.Estimate;
import org.lesionforge.metric.Measure;
import org.lesionforge.metric.Subgroup;
import org.lesionforge.report.MeasureNames;
import org.lesionforge.report.ScoredArm;
import org.lesionforge.report.figure.NumberText;
import org.lesionforge.run.RunFiles;

/** Results by sex, age, site and skin type, where {@code attributes.csv} knows them. */
final class SubgroupSection {
    private static final List<Measure> SHOWN =
            List.of(Measure.ACCURACY, Measure.SENSITIVITY, Measure.SPECIFICITY, Measure.ROC_AUC);

    private final Page page;
    private final List<ScoredArm> arms;
    private final Optional<Path> file;

    SubgroupSection(Page page, RunFiles run, List<ScoredArm> arms) {
        this.page = page;
        this.arms = arms;
        file = Optional.of(run.layout().attributes()).filter(Files::isRegularFile);
    }

    void write() {
        page.section("subgroups", "For whom does it work?");
        if (file.isEmpty()) {
            page.missing(
                    "Table K cannot be drawn: the data set says nothing about sex, age, site or skin type (there is no"
                            + " attributes.csv). Whether the classifiers work equally well for everybody is not known.");
            return;
        }
        if (arms.isEmpty()) {
            page.missing("Table K cannot be drawn: no arm has predictions-test.csv with both classes.");
            return;
        }
        Map<String, Map<String, String>> attributes = read(file.get());
        page.paragraph("Subgroups are small and many: some differ by chance. Compare intervals, not values.");
        for (ScoredArm arm : arms) {
            table(arm, attributes);
        }
    }

    private void table(ScoredArm arm, Map<String, Map<String, String>> attributes) {
        List<List<String>> rows = new ArrayList<>();
        attributes.forEach((attribute, byId) -> {
            List<String> values = arm.predictions().ids().stream()
                    .map(id -> byId.getOrDefault(id, ""))
                    .toList();
            for (Subgroup subgroup : Subgroup.of(
                    attribute, arm.predictions().outcomes(), arm.predictions().groups(), values, ScoredArm.SEED)) {
                List<String> row = new ArrayList<>(List.of(
                        attribute.replace('_', ' ') + ": " + subgroup.value(),
                        Integer.toString(subgroup.n()),
                        Integer.toString(subgroup.positives())));
                for (Measure measure : SHOWN) {
                    Estimate estimate =
                            Objects.requireNonNull(subgroup.measures().get(measure));
                    row.add(NumberText.withInterval(
                            estimate.value(),
                            estimate.ci95().low(),
                            estimate.ci95().high()));
                }
                rows.add(row);
            }
        });
        List<String> header = new ArrayList<>(List.of("subgroup", "images", arm.positive()));
        SHOWN.forEach(measure -> header.add(MeasureNames.of(measure)));
        page.table(
                "Table K",
                "Test images by subgroup, at threshold ½, with 95 % intervals by bootstrap over groups from ten images on. "
                        + arm.title() + ".",
                header,
                rows);
    }

    /** By attribute, then image. */
    private static Map<String, Map<String, String>> read(Path file) {
        Map<String, Map<String, String>> attributes = new LinkedHashMap<>();
        CsvTable.forEach(file, row -> {
            for (String name : row.header()) {
                if (!name.equals("id")) {
                    attributes
                            .computeIfAbsent(name, unused -> new HashMap<>())
                            .put(SheetWriter.text(row.text("id")), SheetWriter.text(row.text(name)));
                }
            }
        });
        return attributes;
    }
}
