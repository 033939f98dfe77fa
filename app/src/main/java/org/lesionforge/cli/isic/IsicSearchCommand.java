package org.lesionforge.cli.isic;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.io.Progress;
import org.lesionforge.isic.Archive;
import org.lesionforge.isic.ArchiveImage;
import org.lesionforge.isic.Search;
import org.lesionforge.isic.SearchResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isic search QUERY} */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Counts the images that a query finds by class, type and licence, with their total size.")
final class IsicSearchCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @Mixin
    IsicQueryOptions query;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "5", description = "Images to name, at most 100.")
    int rows;

    @Override
    public Integer call() throws IOException {
        Progress progress = common.progress();
        Archive archive = common.usage(() -> query.archive(progress));
        SearchResult result = Search.of(archive, query.query(), Math.max(0, rows), progress);
        if (common.json) {
            common.printJson(result);
        } else {
            print(result);
        }
        return ExitCode.DONE;
    }

    private void print(SearchResult result) {
        String about = result.exact() ? "" : "about ";
        common.print(String.format(
                Locale.ROOT,
                "%,d images, %s%.1f MB, as thumbnails %s%.1f MB",
                result.count(),
                about,
                result.bytes() / 1e6,
                about,
                result.thumbnailBytes() / 1e6));
        for (SearchResult.Facet facet : result.facets()) {
            common.print(facet.field() + (facet.counted() ? "" : " (of the first 100)"));
            facet.values()
                    .forEach(value ->
                            common.print(String.format(Locale.ROOT, "  %-20s %,12d", value.value(), value.count())));
        }
        result.images().forEach(image -> common.print(line(image)));
    }

    private static String line(ArchiveImage image) {
        return String.join(
                "  ",
                image.id(),
                image.licence(),
                image.metadata().getOrDefault("diagnosis_1", "-"),
                image.metadata().getOrDefault("diagnosis_3", "-"),
                image.metadata().getOrDefault("image_type", "-"));
    }
}
