package org.lesionforge.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.data.prepare.GroupConflict;
import org.lesionforge.data.prepare.Grouping;
import org.lesionforge.data.prepare.Preparation;
import org.lesionforge.data.prepare.PreparationOptions;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.data.source.LabelReading;
import org.lesionforge.data.source.PartNames;
import org.lesionforge.data.source.Preset;
import org.lesionforge.image.file.Fit;
import org.lesionforge.image.file.ImageDecoder;
import org.lesionforge.io.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prepare SOURCE --out DATASET} */
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Decodes, resamples and splits labelled image files into a data set.")
public final class PrepareCommand implements Callable<Integer> {
    private static final int SKIPPED_SHOWN = 20;
    /** The value of {@code --part-column} for a new split. */
    private static final String NO_PARTS = "none";
    /** A preset's name for all its one-hot columns. */
    private static final String ONE_HOT_LABEL = "label";

    @Mixin
    CommonOptions common;

    @Parameters(
            paramLabel = "SOURCE",
            description =
                    "Folder with one folder of images per class; any folder of images, with --labels or --preset; "
                            + "what 'isic fetch' made; a MedMNIST .npz file. Images that bear the mark of a generator are refused "
                            + "in the validation and test part.")
    Path source;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DATASET",
            description = "Folder to make. Nothing is ever overwritten.")
    Path out;

    @Option(
            names = "--preset",
            paramLabel = "isic|ham10000|isic2017|isic2018|isic2019|isic2020|medmnist",
            converter = PresetConverter.class,
            description =
                    "A collection whose tables, classes and licence are known. What 'isic fetch' made and .npz files are "
                            + "recognised without it.")
    Preset preset;

    @Option(
            names = "--class-names",
            showDefaultValue = Visibility.NEVER,
            paramLabel = "NAME",
            split = ",",
            description = "What the labels 0, 1, ... of an .npz file are called; several may have one name.")
    List<String> classNames = List.of();

    @Option(
            names = "--labels",
            paramLabel = "FILE.csv",
            description =
                    "Labels from a CSV file with a header. Columns not named are recognised by their usual names.")
    Path labels;

    @Option(names = "--id-column", paramLabel = "NAME", description = "Column of image ids, with or without extension.")
    String idColumn;

    @Option(names = "--label-column", paramLabel = "NAME", description = "Column of class names.")
    String labelColumn;

    @Option(
            names = "--one-hot",
            showDefaultValue = Visibility.NEVER,
            paramLabel = "NAME",
            split = ",",
            description = "Columns of which one holds 1 in each line and so names the class: MEL,NV,...")
    List<String> oneHot = List.of();

    @Option(
            names = "--metadata",
            paramLabel = "FILE.csv",
            description = "Table of further columns of the same images, found by their ids: patients, lesions, ...")
    Path metadata;

    @Option(
            names = "--group-column",
            showDefaultValue = Visibility.NEVER,
            paramLabel = "NAME",
            split = ",",
            description = "Column(s) of the patient, the lesion, ...: images that agree in one are kept in one part. "
                    + "'none' for no groups.")
    List<String> groupColumns = List.of();

    @Option(
            names = "--path-column",
            paramLabel = "NAME",
            description = "Column of paths, relative to the CSV file or to SOURCE.")
    String pathColumn;

    @Option(
            names = "--part-column",
            paramLabel = "NAME",
            description = "Column of the part (train, validation, test) each image is in, instead of a random split. "
                    + "'none' to merge the parts of a table, folders or an .npz file and split again.")
    String partColumn;

    @Option(
            names = "--part-map",
            showDefaultValue = Visibility.NEVER,
            paramLabel = "WORD=PART",
            split = ",",
            description =
                    "What a word of the part column, or the name of a part's folder, means; for instance val=test.")
    Map<String, String> partMap = new TreeMap<>();

    @Option(
            names = "--spanning",
            paramLabel = "error|leave-out",
            converter = GroupConflictConverter.class,
            defaultValue = "error",
            description =
                    "When the part column puts one group into two parts: stop, or leave its images out of the part "
                            + "nearer to training.")
    GroupConflict spanning;

    @Option(
            names = "--group",
            paramLabel = "given|auto",
            defaultValue = "given",
            description = "What is kept in one part: images of one patient or lesion as the source names them; with "
                    + "auto also near-duplicates, for which every image is decoded once more.")
    Grouping grouping;

    @Option(
            names = "--classes",
            showDefaultValue = Visibility.NEVER,
            paramLabel = "NAME[=LABEL]",
            split = ",",
            description = "Only these classes, in this order of labels (without: all, in alphabetical order). "
                    + "NAME=LABEL puts what the source calls LABEL into class NAME too.")
    List<String> classes = List.of();

    @Option(
            names = "--sizes",
            paramLabel = "PIXELS",
            split = ",",
            defaultValue = "64,299",
            description = "Sides of the square images to make.")
    List<Integer> sizes;

    @Option(
            names = "--fit",
            paramLabel = "crop|pad|squash",
            defaultValue = "crop",
            description =
                    "How oblong images become square: cut off the ends, pad with the border's mean colour, or squash.")
    Fit fit;

    @Option(
            names = "--test",
            paramLabel = "SHARE",
            defaultValue = "" + PreparationOptions.DEFAULT_TEST,
            description = "Share of all images for the test part.")
    double test;

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            defaultValue = "" + PreparationOptions.DEFAULT_VALIDATION,
            description = "Share of the other images for the validation part; 0 for none, as in the paper.")
    double validation;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of the split.")
    long seed;

    @Option(
            names = "--exact-decode",
            description =
                    "Decode large JPEGs whole instead of at a half, a quarter or an eighth, whichever is still at least "
                            + ImageDecoder.MARGIN
                            + " times the largest of --sizes; and make every size from the picture, none "
                            + "from the next larger one.")
    boolean exactDecode;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that decode; all cores unless given.")
    Integer threads;

    @Override
    public Integer call() throws IOException {
        Preparation.Result result = Preparation.run(options(), common.progress());
        if (common.json) {
            common.printJson(result);
        } else {
            print(result);
        }
        return ExitCode.DONE;
    }

    private PreparationOptions options() {
        return common.usage(() -> PreparationOptions.of(source, out)
                .with()
                .labels(labelColumns())
                .grouping(grouping)
                .partNames(NO_PARTS.equals(partColumn) ? PartNames.with(partMap).ignored() : PartNames.with(partMap))
                .spanning(spanning)
                .classes(classes)
                .sizes(sizes)
                .fit(fit)
                .test(test)
                .validation(validation)
                .seed(seed)
                .exactDecode(exactDecode)
                .threads(threads == null ? Runtime.getRuntime().availableProcessors() : threads)
                .build());
    }

    private Optional<LabelColumns> labelColumns() {
        Optional<Preset> known =
                Optional.ofNullable(preset).or(() -> labels == null ? Preset.recognise(source) : Optional.empty());
        if (!classNames.isEmpty() && known.filter(Preset.MEDMNIST::equals).isEmpty()) {
            throw new IllegalArgumentException("--class-names are those of an .npz file; a table has names of its own");
        }
        if (namesColumns() && known.filter(Preset.MEDMNIST::equals).isPresent()) {
            throw new IllegalArgumentException("columns are those of a CSV file; an .npz file has none");
        }
        if (known.isPresent()) {
            return Optional.of(overridden(known.get().columns(source, Optional.ofNullable(labels))));
        }
        if (labels == null) {
            if (namesColumns()) {
                throw new IllegalArgumentException("columns are those of a CSV file; name it with --labels FILE.csv");
            }
            return Optional.empty();
        }
        return Optional.of(overridden(LabelColumns.recognised(labels)));
    }

    private boolean namesColumns() {
        return idColumn != null
                || labelColumn != null
                || !oneHot.isEmpty()
                || metadata != null
                || !groupColumns.isEmpty()
                || pathColumn != null
                || namedPartColumn().isPresent();
    }

    private Optional<String> namedPartColumn() {
        return Optional.ofNullable(partColumn).filter(name -> !name.equals(NO_PARTS));
    }

    /** Named options take precedence over presets and recognised columns. */
    private LabelColumns overridden(LabelColumns known) {
        Optional<String> label = Optional.ofNullable(labelColumn)
                .filter(name -> known.reading().oneHot().isEmpty() || !name.equals(ONE_HOT_LABEL));
        return known.with()
                .id(Optional.ofNullable(idColumn))
                .label(label)
                .groups(groupColumns)
                .path(Optional.ofNullable(pathColumn))
                .part(namedPartColumn())
                .reading(reading(known.reading(), label))
                .build();
    }

    private LabelReading reading(LabelReading known, Optional<String> label) {
        if (labelColumn != null && !oneHot.isEmpty()) {
            throw new IllegalArgumentException(
                    "the labels are in one column (--label-column) or in several (--one-hot)");
        }
        LabelReading reading = labelColumn == null ? known : known.withLabelsAsClasses();
        if (label.isPresent() || !oneHot.isEmpty()) {
            reading = reading.withOneHot(oneHot);
        }
        if (metadata != null) {
            if (!Files.isRegularFile(metadata)) {
                throw new UnusableInputException("there is no table " + metadata);
            }
            reading = reading.withMore(metadata);
        }
        return classNames.isEmpty() ? reading : reading.withClassNames(classNames);
    }

    private void print(Preparation.Result result) {
        int width = result.classes().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        StringBuilder header = new StringBuilder(" ".repeat(width));
        result.parts().keySet().forEach(part -> header.append(String.format(Locale.ROOT, "  %10s", part)));
        common.print(header.append("         all").toString());
        result.classes().forEach((name, count) -> {
            StringBuilder line = new StringBuilder(name).append(" ".repeat(width - name.length()));
            result.parts().values().forEach(part -> line.append(String.format(Locale.ROOT, "  %10d", part.get(name))));
            common.print(
                    line.append(String.format(Locale.ROOT, "  %10d", count)).toString());
        });
        common.print("");
        common.print(result.images() + " images in " + result.dataset() + ", " + result.duplicates()
                + " of them exact duplicates of another (duplicates.csv)");
        common.print("split " + result.splitSha256());
        result.missing()
                .forEach((column, images) -> common.print(
                        images + " images without a value in column '" + column + "' (empty, NA, unknown, ...)"));
        printSkipped(result.skipped());
    }

    private void printSkipped(List<SkippedFile> skipped) {
        if (skipped.isEmpty()) {
            return;
        }
        common.print(skipped.size() + " skipped (skipped.csv):");
        skipped.stream().limit(SKIPPED_SHOWN).forEach(file -> common.print("  " + file.path() + ": " + file.reason()));
        if (skipped.size() > SKIPPED_SHOWN) {
            common.print("  and " + (skipped.size() - SKIPPED_SHOWN) + " more");
        }
    }
}
