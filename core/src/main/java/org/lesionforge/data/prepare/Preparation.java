package org.lesionforge.data.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.data.source.SourceListing;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

/** Turns a folder of labelled image files into a {@link Dataset}. */
public final class Preparation {
    /**
     * The result of a preparation.
     *
     * @param dataset the folder
     * @param images in the data set
     * @param classes number of images by class
     * @param parts number of images by part and class
     * @param skipped files and listed images that are not in the data set
     * @param otherFiles files of the source that are not images, by name or content
     * @param missing number of images without a value in a column of labels or groups, by column
     * @param duplicates images whose pixels equal those of an earlier one
     * @param splitSha256 identifies the split
     */
    public record Result(
            String dataset,
            int images,
            Map<String, Integer> classes,
            Map<String, Map<String, Integer>> parts,
            List<SkippedFile> skipped,
            int otherFiles,
            Map<String, Integer> missing,
            int duplicates,
            String splitSha256) {
        private static Result of(
                Dataset dataset, SourceListing listing, List<SkippedFile> skipped, int duplicates, String folder) {
            Map<String, Map<String, Integer>> parts = dataset.counts();
            Map<String, Integer> classes = new LinkedHashMap<>();
            parts.values().forEach(counts -> counts.forEach((name, n) -> classes.merge(name, n, Integer::sum)));
            return new Result(
                    folder,
                    dataset.images().size(),
                    classes,
                    parts,
                    skipped,
                    listing.otherFiles(),
                    listing.missing(),
                    duplicates,
                    dataset.manifest().split().sha256());
        }
    }

    private Preparation() {}

    /**
     * Lists, decodes, splits and writes. On failure nothing is left behind.
     *
     * @param options what to prepare, and how
     * @param progress advances by image, and receives what was recognised and left out
     * @return the data set, and what was left out of it
     * @throws UnusableInputException when the source cannot be worked with, or the target is not empty
     * @throws MissingRequirementException when the disk is too small
     * @throws IOException when the data set cannot be written
     */
    public static Result run(PreparationOptions options, Progress progress) throws IOException {
        OutputFolder.requireFree(options.out());
        WantedImages wanted = WantedImages.list(options, progress);
        SplitRule rule =
                new SplitRule(options, wanted.haveParts(), wanted.listing().partWords());
        // An impossible split is reported before decoding, which may take an hour.
        boolean drawn = rule.draws(wanted.images());
        GeneratedImages.refuse(wanted.images(), drawn, progress);

        try (PartialFolder folder = new PartialFolder(options.out())) {
            DecodedImages decoded = DecodedImages.decode(wanted.images(), options, folder.path(), progress);
            SplitRule.Outcome split = rule.apply(decoded.images());
            List<SkippedFile> skipped = Stream.of(wanted.skipped(), decoded.skipped())
                    .flatMap(List::stream)
                    .toList();
            int duplicates = new DatasetWriter(folder.path(), options, progress)
                    .write(wanted, split, skipped, decoded.checksums());
            folder.complete();
            return Result.of(
                    Dataset.open(options.out()),
                    wanted.listing(),
                    skipped,
                    duplicates,
                    options.out().toString());
        } catch (UncheckedIOException e) {
            throw cannotWrite(options, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw cannotWrite(options, e);
        }
    }

    private static IOException cannotWrite(PreparationOptions options, IOException e) {
        return new IOException("cannot write " + options.out() + ": " + e.getMessage(), e);
    }
}
