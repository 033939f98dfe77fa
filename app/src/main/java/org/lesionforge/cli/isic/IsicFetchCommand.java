package org.lesionforge.cli.isic;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.Progress;
import org.lesionforge.isic.Archive;
import org.lesionforge.isic.Fetch;
import org.lesionforge.isic.FetchOptions;
import org.lesionforge.isic.FetchResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isic fetch QUERY --out DIR} */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Fetches images with their metadata and licences into a folder that 'prepare' reads. An "
                + "interrupted fetch is resumed by the same command.")
final class IsicFetchCommand implements Callable<Integer> {
    private static final int MISSING_SHOWN = 10;

    @Mixin
    CommonOptions common;

    @Mixin
    IsicQueryOptions query;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to make, or to resume.")
    Path out;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "0", description = "At most N images; 0 for all.")
    long limit;

    @Option(
            names = "--per-class",
            paramLabel = "N",
            defaultValue = "0",
            description = "At most N images of each class; 0 to take them as they come.")
    long perClass;

    @Option(
            names = "--class-field",
            paramLabel = "FIELD",
            defaultValue = FetchOptions.DEFAULT_CLASS_FIELD,
            description = "The field that makes the classes of --per-class.")
    String classField;

    @Option(
            names = "--class-values",
            paramLabel = "VALUE",
            split = ",",
            defaultValue = "Benign,Malignant",
            description = "The classes of --per-class.")
    List<String> classValues;

    @Option(names = "--thumbnails", description = "The small images, at most 256 pixels, instead of the full ones.")
    boolean thumbnails;

    @Option(
            names = {"--licence", "--license"},
            showDefaultValue = Visibility.NEVER,
            paramLabel = "LICENCE",
            split = ",",
            description = "Only images of these licences: CC-0, CC-BY, CC-BY-NC.")
    List<String> licences = List.of();

    @Option(
            names = "--max-bytes",
            paramLabel = "SIZE",
            converter = BytesConverter.class,
            defaultValue = "0",
            description = "At most so many bytes of images: 500MB, 20GB; 0 for any number.")
    long maxBytes;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "" + FetchOptions.DEFAULT_PARALLEL,
            description = "Downloads at once, at most 32.")
    int parallel;

    @Option(names = "--yes", description = "Start even if the images may not fit on the disk.")
    boolean yes;

    @Override
    public Integer call() throws IOException {
        Progress progress = common.progress();
        Archive archive = common.usage(() -> query.archive(progress));
        FetchOptions options = common.usage(() -> FetchOptions.of(query.query(), out)
                .with()
                .limit(limit)
                .perClass(perClass)
                .classField(classField)
                .classValues(classValues)
                .thumbnails(thumbnails)
                .licences(licences)
                .maxBytes(maxBytes)
                .parallel(parallel)
                .build());
        FetchResult result = new Fetch(archive, options, this::isWanted, progress).run();
        if (common.json) {
            common.printJson(result);
        } else {
            print(result);
        }
        return result.missing().isEmpty() ? ExitCode.DONE : ExitCode.MISSING_REQUIREMENT;
    }

    private boolean isWanted(String question) {
        // Set by the launcher; without a terminal the user cannot be asked.
        if (yes || !Boolean.getBoolean("lesionforge.terminal")) {
            return yes;
        }
        PrintWriter err = common.command.commandLine().getErr();
        err.print(question + " [y/N] ");
        err.flush();
        Scanner answer = new Scanner(System.in, Charset.defaultCharset());
        return answer.hasNextLine()
                && answer.nextLine().strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private void print(FetchResult result) {
        common.print(String.format(
                Locale.ROOT,
                "%,d of %,d images (%.1f MB) in %s, %,d of them downloaded now",
                result.here(),
                result.images(),
                result.bytes() / 1e6,
                result.out(),
                result.downloaded()));
        common.print("diagnosis_1: " + result.classes());
        common.print("licences: " + result.licences() + "; the owners to credit are in "
                + Path.of(result.out()).resolve("attribution.txt"));
        if (!result.missing().isEmpty()) {
            common.print("could not be downloaded:");
            result.missing().stream()
                    .limit(MISSING_SHOWN)
                    .forEach(image -> common.print("  " + image.id() + ": " + image.reason()));
            long more = result.images() - result.here() - MISSING_SHOWN;
            if (more > 0) {
                common.print("  and " + more + " more");
            }
        } else if (result.images() > 0) {
            common.print("next: lesionforge prepare " + result.out() + " --out DATASET");
        }
    }
}
