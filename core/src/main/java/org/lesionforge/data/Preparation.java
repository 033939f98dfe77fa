package org.lesionforge.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.lesionforge.io.HomePath;
import org.lesionforge.io.Json;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.OutputFolder;
import org.lesionforge.io.Progress;
import org.lesionforge.io.Sha256;
import org.lesionforge.io.UnusableInputException;

/** Turns a folder of labelled image files into a {@link Dataset}. */
public final class Preparation {
    /**
     * What came of it.
     *
     * @param dataset the folder
     * @param images in the data set
     * @param classes number of images by class
     * @param parts number of images by part and class
     * @param skipped files and listed images that are not in the data set
     * @param otherFiles files of the source that are not images and do not claim to be
     * @param missing for how many images a column of labels or groups says nothing, by column
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
            String splitSha256) {}

    private final PreparationOptions options;
    private final Progress progress;
    private final ClassChoice choice;
    private final List<SkippedFile> skipped = new ArrayList<>();
    /** Of the files of the data set, by name. */
    private final Map<String, String> checksums = new TreeMap<>();

    private Preparation(PreparationOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
        this.choice = ClassChoice.of(options.classes());
    }

    /**
     * Decodes, resamples and splits. On any failure nothing is left behind.
     *
     * @throws UnusableInputException when the source cannot be worked with, or the target is not empty
     * @throws MissingRequirementException when the disk is too small
     * @throws IOException when the data set cannot be written
     */
    public static Result run(PreparationOptions options, Progress progress) throws IOException {
        return new Preparation(options, progress).run();
    }

    private Result run() throws IOException {
        OutputFolder.requireFree(options.out());
        SourceListing listing = list();
        listing.notes().forEach(progress::message);
        skipped.addAll(listing.skipped());
        requireImages(listing);
        ClassChoice.Classes classes =
                choice.classes(listing.labels(), options.source().toString());
        List<SourceImage> images = ofWantedClasses(listing.images(), classes);
        if (options.grouping() == Grouping.AUTO) {
            images = new NearDuplicateGroups(options.fit(), options.threads(), progress).join(images);
        }
        boolean given = images.get(0).part().isPresent();
        if (given) {
            images = GivenParts.withoutSpanning(images, options.spanning(), skipped);
        }
        // A split that cannot be made is known before an hour of decoding, not after.
        Split planned = split(images, given, listing);
        boolean drawn = given
                && images.stream()
                        .anyMatch(image ->
                                planned.part(image.id()) != image.part().orElseThrow());
        GeneratedImages.refuse(images, given, drawn, progress);

        try (PartialFolder folder = new PartialFolder(options.out())) {
            requireSpace(folder.path(), images.size());
            List<PreparedImage> prepared = groupDuplicates(admitted(decode(images, folder.path())));
            Split split = split(prepared.stream().map(PreparedImage::image).toList(), given, listing);
            List<PreparedImage> rows = prepared.stream()
                    .map(row -> row.withImage(
                            row.image().withPart(split.part(row.image().id()))))
                    .toList();
            DatasetTables tables = new DatasetTables(folder.path(), rows);
            tables.writeImages(listing.extraColumns());
            tables.writeSkipped(skipped);
            int duplicates = tables.writeDuplicates(progress);
            for (String table : Dataset.TABLES) {
                checksums.put(table, Sha256.of(folder.path().resolve(table)));
            }
            Json.write(folder.path().resolve("dataset.json"), manifest(rows, classes.names(), split, given));
            folder.complete();
            return result(listing, duplicates);
        } catch (UncheckedIOException e) {
            throw cannotWrite(e.getCause());
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private IOException cannotWrite(IOException e) {
        return new IOException("cannot write " + options.out() + ": " + e.getMessage(), e);
    }

    private SourceListing list() {
        if (MedMnist.is(options.source())) {
            return MedMnist.list(
                    options.source(),
                    options.labels().map(LabelColumns::reading).orElse(LabelReading.PLAIN),
                    options.partNames());
        }
        if (!Files.isDirectory(options.source())) {
            throw new UnusableInputException("there is no folder " + options.source());
        }
        return options.labels().isPresent()
                ? LabelFile.read(options.source(), options.labels().get(), options.partNames(), choice)
                : ClassFolders.list(options.source(), options.partNames(), choice);
    }

    private void requireImages(SourceListing listing) {
        if (listing.images().isEmpty()) {
            String why = skipped.isEmpty()
                    ? ""
                    : "; of " + skipped.size() + " listed images none can be used, the first is "
                            + skipped.get(0).path() + " (" + skipped.get(0).reason() + ")";
            throw new UnusableInputException("no image in " + options.source() + why);
        }
    }

    private List<SourceImage> ofWantedClasses(List<SourceImage> images, ClassChoice.Classes classes) {
        List<SourceImage> wanted = new ArrayList<>();
        for (SourceImage image : images) {
            classes.of(image.label()).ifPresent(name -> {
                SourceImage ofClass = image.withLabel(name);
                wanted.add(options.partNames().areIgnored() ? ofClass.withoutPart() : ofClass);
            });
        }
        if (wanted.size() < images.size()) {
            progress.message((images.size() - wanted.size()) + " images of other classes than " + classes.names()
                    + " are left out");
        }
        return wanted;
    }

    private Split split(List<SourceImage> images, boolean given, SourceListing listing) {
        if (!given) {
            return Split.grouped(items(images), options.test(), options.validation(), options.seed());
        }
        GivenParts.requireTrainAndTest(images, listing.partWords(), options.partNames());
        Map<String, Part> parts = new HashMap<>();
        images.forEach(image -> parts.put(image.id(), image.part().orElseThrow()));
        if (options.validation() > 0 && !parts.containsValue(Part.VALIDATION)) {
            List<Split.Item> train = items(images.stream()
                    .filter(image -> image.part().orElseThrow() == Part.TRAIN)
                    .toList());
            Split divided = Split.grouped(train, 0, options.validation(), options.seed());
            train.forEach(item -> parts.put(item.id(), divided.part(item.id())));
        }
        return Split.given(parts);
    }

    private static List<Split.Item> items(List<SourceImage> images) {
        return images.stream()
                .map(image -> new Split.Item(image.id(), image.label(), image.group()))
                .toList();
    }

    private void requireSpace(Path folder, int images) throws IOException {
        long bytes = 0;
        for (long side : options.sizes()) {
            bytes += side * side * 3 * images;
        }
        FileStore disk = Files.getFileStore(folder);
        if (disk.getUsableSpace() < bytes) {
            throw new MissingRequirementException("the data set needs " + megabytes(bytes) + " on the disk of "
                    + options.out() + ", which has " + megabytes(disk.getUsableSpace())
                    + " left; make room, choose another folder, or fewer --sizes");
        }
    }

    private static String megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000 + " MB";
    }

    private List<PreparedImage> decode(List<SourceImage> images, Path folder) throws IOException {
        Map<Path, NpyWriter> stores = new LinkedHashMap<>();
        List<PreparedImage> prepared;
        try {
            for (int side : options.sizes()) {
                Path file = Dataset.pixelFile(folder, side);
                stores.put(file, new NpyWriter(file, side));
            }
            UnaryOperator<PreparedImage> admission =
                    options.spanning() == Spanning.LEAVE_OUT ? new HeldOutTwins() : UnaryOperator.identity();
            prepared = new ParallelDecoder(
                            "preparing images",
                            options.sizes(),
                            options.fit(),
                            options.exactDecode(),
                            options.threads())
                    .decode(images, admission, List.copyOf(stores.values()), progress);
        } finally {
            for (NpyWriter store : stores.values()) {
                store.close();
            }
        }
        for (Map.Entry<Path, NpyWriter> store : stores.entrySet()) {
            checksums.put(
                    store.getKey().getFileName().toString(), store.getValue().sha256());
        }
        return prepared;
    }

    private List<PreparedImage> admitted(List<PreparedImage> images) {
        if (images.stream().noneMatch(PreparedImage::isReadable)) {
            throw new UnusableInputException("none of the " + images.size() + " files in " + options.source()
                    + " is a readable image; the first is "
                    + images.get(0).image().source() + " ("
                    + images.get(0).problem() + ")");
        }
        List<PreparedImage> admitted = new ArrayList<>();
        for (PreparedImage image : images) {
            if (image.problem() == null) {
                admitted.add(image);
            } else {
                skipped.add(new SkippedFile(image.image().source(), image.problem()));
            }
        }
        requireEveryClass(images, admitted);
        return admitted;
    }

    private static void requireEveryClass(List<PreparedImage> images, List<PreparedImage> admitted) {
        Set<String> usable =
                admitted.stream().map(image -> image.image().label()).collect(Collectors.toSet());
        for (PreparedImage image : images) {
            String label = image.image().label();
            if (!usable.contains(label)) {
                throw new UnusableInputException("no image of class '" + label + "' can be used; "
                        + image.image().source() + ": " + image.problem());
            }
        }
    }

    /** The very same picture must not be trained on and tested with, whatever its identifiers say. Parts that are given stay. */
    private static List<PreparedImage> groupDuplicates(List<PreparedImage> images) {
        GroupFinder groups = new GroupFinder();
        Map<List<Object>, String> firstGroups = new HashMap<>();
        for (PreparedImage image : images) {
            List<Object> pixels = List.of(image.sha256(), image.image().part());
            String first = firstGroups.putIfAbsent(pixels, image.image().group());
            if (first != null) {
                groups.join(first, image.image().group());
            }
        }
        return images.stream()
                .map(image -> image.withImage(
                        image.image().withGroup(groups.groupOf(image.image().group()))))
                .toList();
    }

    private Dataset.Manifest manifest(List<PreparedImage> rows, List<String> classes, Split split, boolean given) {
        Dataset.SplitInfo info = new Dataset.SplitInfo(
                given ? "column" : "grouped",
                options.seed(),
                given ? share(rows, Part.TEST) : options.test(),
                options.validation(),
                split.sha256());
        return new Dataset.Manifest(
                Dataset.FORMAT_VERSION,
                classes,
                options.sizes(),
                options.fit().word(),
                options.exactDecode() ? Dataset.EXACT_DECODE : Dataset.REDUCED_DECODE,
                HomePath.shown(options.source()),
                rows.size(),
                skipped.size(),
                info,
                checksums);
    }

    private static double share(List<PreparedImage> rows, Part part) {
        long count = rows.stream()
                .filter(row -> row.image().part().orElseThrow() == part)
                .count();
        return (double) count / rows.size();
    }

    private Result result(SourceListing listing, int duplicates) {
        Dataset dataset = Dataset.open(options.out());
        Map<String, Map<String, Integer>> parts = dataset.counts();
        Map<String, Integer> classes = new LinkedHashMap<>();
        parts.values().forEach(counts -> counts.forEach((name, n) -> classes.merge(name, n, Integer::sum)));
        return new Result(
                options.out().toString(),
                dataset.images().size(),
                classes,
                parts,
                List.copyOf(skipped),
                listing.otherFiles(),
                listing.missing(),
                duplicates,
                dataset.manifest().split().sha256());
    }
}
