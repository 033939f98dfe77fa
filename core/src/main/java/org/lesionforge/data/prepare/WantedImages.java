package org.lesionforge.data.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.data.source.ClassChoice;
import org.lesionforge.data.source.ClassFolders;
import org.lesionforge.data.source.LabelColumns;
import org.lesionforge.data.source.LabelFile;
import org.lesionforge.data.source.LabelReading;
import org.lesionforge.data.source.MedMnist;
import org.lesionforge.data.source.PartNames;
import org.lesionforge.data.source.SourceImage;
import org.lesionforge.data.source.SourceListing;
import org.lesionforge.duplicate.Thumbnail;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

/**
 * The wanted images of a source, in the order in which they are decoded.
 *
 * @param listing the content of the source
 * @param classes names in the order of their labels
 * @param images of these classes, with their final groups as far as identifiers and near-duplicates determine them;
 *     those of the test part first, then validation, then train, where the source gives parts
 * @param thumbnails what images were compared by, by their ids; empty unless near-duplicates make groups
 * @param skipped listed but missing or unreadable images, and images left out because their group spans parts
 */
record WantedImages(
        SourceListing listing,
        List<String> classes,
        List<SourceImage> images,
        Map<String, Thumbnail> thumbnails,
        List<SkippedFile> skipped) {
    /**
     * Reads the source; decodes its images only to find near-duplicates, where these make groups.
     *
     * @throws UnusableInputException when the source cannot be used, or has no image of the classes
     */
    static WantedImages list(PreparationOptions options, Progress progress) throws IOException {
        ClassChoice choice = ClassChoice.of(options.classes());
        SourceListing listing = listing(options, choice);
        listing.notes().forEach(progress::message);
        requireImages(listing, options);
        ClassChoice.Classes classes =
                choice.classes(listing.labels(), options.source().toString());
        List<SourceImage> images = ofClasses(listing.images(), classes, options.partNames(), progress);
        Map<String, Thumbnail> thumbnails = Map.of();
        if (options.grouping() == Grouping.AUTO) {
            NearDuplicateGroups.Joined joined =
                    new NearDuplicateGroups(options.fit(), options.threads(), progress).join(images);
            images = joined.images();
            thumbnails = joined.thumbnails();
        }
        List<SkippedFile> skipped = new ArrayList<>(listing.skipped());
        if (haveParts(images)) {
            images = GivenParts.withoutSpanning(images, options.spanning(), skipped);
        }
        return new WantedImages(listing, classes.names(), images, thumbnails, skipped);
    }

    /** Whether the source gives the part of every image; it does so for all or none. */
    boolean haveParts() {
        return haveParts(images);
    }

    private static boolean haveParts(List<SourceImage> images) {
        return images.get(0).part().isPresent();
    }

    private static SourceListing listing(PreparationOptions options, ClassChoice choice) {
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

    private static void requireImages(SourceListing listing, PreparationOptions options) {
        if (listing.images().isEmpty()) {
            List<SkippedFile> skipped = listing.skipped();
            String why = skipped.isEmpty()
                    ? ""
                    : "; of " + skipped.size() + " listed images none can be used, the first is "
                            + skipped.get(0).path() + " (" + skipped.get(0).reason() + ")";
            throw new UnusableInputException("no image in " + options.source() + why);
        }
    }

    private static List<SourceImage> ofClasses(
            List<SourceImage> images, ClassChoice.Classes classes, PartNames partNames, Progress progress) {
        List<SourceImage> wanted = new ArrayList<>();
        for (SourceImage image : images) {
            classes.of(image.label()).ifPresent(name -> {
                SourceImage ofClass = image.withLabel(name);
                wanted.add(partNames.areIgnored() ? ofClass.withoutPart() : ofClass);
            });
        }
        if (wanted.size() < images.size()) {
            progress.message((images.size() - wanted.size()) + " images of other classes than " + classes.names()
                    + " are left out");
        }
        return wanted;
    }
}
