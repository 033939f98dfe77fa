package org.lesionforge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesionforge.classifier.ClassifierOptions;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.data.source.LabelReading;
import org.lesionforge.experiment.ExperimentOptions;
import org.lesionforge.experiment.Protocol;
import org.lesionforge.experiment.arm.Additions;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.Remedies;
import org.lesionforge.isic.FetchOptions;
import org.lesionforge.isic.IsicQuery;
import org.lesionforge.run.Budget;
import org.lesionforge.run.arm.Arm;

/** Options of many values are made by their names. */
final class OptionsTest {
    private static final int MOST_BY_POSITION = 6;
    private static final List<Path> CLASSES =
            List.of(Path.of("target", "classes"), Path.of("..", "core", "target", "classes"));
    private static final Path OUT = Path.of("out");
    private static final IsicQuery QUERY = new IsicQuery("", List.of());

    @Test
    void optionsOfMoreThanSixValuesHaveABuilder() throws IOException, ReflectiveOperationException {
        List<String> names = new ArrayList<>();
        for (Path classes : CLASSES) {
            try (Stream<Path> all = Files.walk(classes)) {
                all.filter(file -> file.toString().endsWith("Options.class"))
                        .map(file -> classes.relativize(file)
                                .toString()
                                .replace(".class", "")
                                .replace(file.getFileSystem().getSeparator(), "."))
                        .forEach(names::add);
            }
        }
        int seen = 0;
        for (String name : names) {
            Class<?> options = Class.forName(name, false, OptionsTest.class.getClassLoader());
            if (options.isRecord() && options.getRecordComponents().length > MOST_BY_POSITION) {
                Class<?> builder = options.getMethod("with").getReturnType();
                assertEquals(options, builder.getMethod("build").getReturnType(), name);
                seen++;
            }
        }
        assertTrue(seen >= 5, "GAN, classifier, preparation, experiment, fetch: " + names);
    }

    @Test
    void whatIsNotSetStays() {
        assertEquals(Dcgan.PAPER, Dcgan.PAPER);
        assertEquals(Remedies.NONE, Remedies.NONE.with().build());
        assertEquals(ClassifierOptions.paper(), ClassifierOptions.paper().with().build());
        assertEquals(
                ExperimentOptions.DEFAULTS, ExperimentOptions.DEFAULTS.with().build());
        PreparationOptions preparation = PreparationOptions.of(Path.of("images"), OUT);
        assertEquals(preparation, preparation.with().build());
        FetchOptions fetch = FetchOptions.of(QUERY, OUT);
        assertEquals(fetch, fetch.with().build());
        LabelColumns columns = LabelColumns.recognised(OUT);
        assertEquals(columns, columns.with().build());
    }

    @Test
    void anExperimentHasWhatWasSet() {
        ExperimentOptions options = ExperimentOptions.DEFAULTS
                .with()
                .arms(List.of(Arm.of("oversample")))
                .seeds(List.of(3L, 4L))
                .resplit(false)
                .ensemble(true)
                .protocol(Protocol.PAPER)
                .budget(Budget.EPOCHS)
                .additions(new Additions(5, 0.5, false))
                .keepModels(false)
                .generators(Map.of("dcgan", Dcgan.PAPER.common(common -> common.epochs(7))))
                .classifier(ClassifierOptions.paper().with().epochs(9).build())
                .build();
        assertEquals(
                new ExperimentOptions(
                        List.of(Arm.of("oversample")),
                        List.of(3L, 4L),
                        false,
                        null,
                        true,
                        Protocol.PAPER,
                        Budget.EPOCHS,
                        new Additions(5, 0.5, false),
                        false,
                        Map.of("dcgan", Dcgan.PAPER.common(common -> common.epochs(7))),
                        ClassifierOptions.paper().with().epochs(9).build()),
                options);
        assertEquals(5, options.with().resplit(false).folds(5).build().folds(), "not beside a new split for each seed");
    }

    @Test
    void aFetchHasWhatWasSet() {
        IsicQuery other = new IsicQuery("image_type:dermoscopic", List.of());
        assertEquals(
                new FetchOptions(
                        Path.of("there"), other, 0, 40, "sex", List.of("female"), true, List.of("CC-0"), 500, 3),
                FetchOptions.of(QUERY, OUT)
                        .with()
                        .out(Path.of("there"))
                        .query(other)
                        .perClass(40)
                        .classField("sex")
                        .classValues(List.of("female"))
                        .thumbnails(true)
                        .licences(List.of("CC-0"))
                        .maxBytes(500)
                        .parallel(3)
                        .build());
        assertEquals(20, FetchOptions.of(QUERY, OUT).with().limit(20).build().limit());
    }

    @Test
    void columnsAreThoseThatWereNamed() {
        LabelReading oneHot = LabelReading.PLAIN.withOneHot(List.of("MEL", "NV"));
        assertEquals(
                new LabelColumns(
                        Path.of("b.csv"),
                        Optional.of("id"),
                        Optional.of("label"),
                        List.of("patient"),
                        Optional.of("path"),
                        Optional.of("part"),
                        oneHot),
                LabelColumns.recognised(Path.of("a.csv"))
                        .with()
                        .file(Path.of("b.csv"))
                        .id(Optional.of("id"))
                        .label(Optional.of("label"))
                        .groups(List.of("patient"))
                        .path(Optional.of("path"))
                        .part(Optional.of("part"))
                        .reading(oneHot)
                        .build());
    }
}
