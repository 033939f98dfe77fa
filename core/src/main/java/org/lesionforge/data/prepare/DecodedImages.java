package org.lesionforge.data.prepare;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.data.source.SourceImage;
import org.lesionforge.image.PixelHash;
import org.lesionforge.io.MissingRequirementException;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

/**
 * The decoded images, whose pixels are in the pixel stores of a folder, in the order of the stores.
 *
 * @param images without their pixels; at least one of each class
 * @param skipped images that are unreadable, or were left out because of their pixels
 * @param checksums {@link PixelHash#ofAll} of each pixel store, by its file name
 */
record DecodedImages(List<PreparedImage> images, List<SkippedFile> skipped, Map<String, String> checksums) {
    /**
     * Decodes, resamples to every size and writes the pixel stores.
     *
     * @param folder for the stores
     * @throws UnusableInputException when no image of a class can be used
     * @throws MissingRequirementException when there is too little disk space
     */
    static DecodedImages decode(List<SourceImage> images, PreparationOptions options, Path folder, Progress progress)
            throws IOException {
        requireSpace(options, folder, images.size());
        Map<String, NpyWriter> stores = new LinkedHashMap<>();
        List<PreparedImage> decoded;
        try {
            for (int side : options.sizes()) {
                Path file = Dataset.pixelFile(folder, side);
                stores.put(file.getFileName().toString(), new NpyWriter(file, side));
            }
            UnaryOperator<PreparedImage> admission = options.spanning() == GroupConflict.LEAVE_OUT
                    ? new CrossPartDuplicates()
                    : UnaryOperator.identity();
            decoded = new ParallelDecoder(
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
        Map<String, String> checksums = new TreeMap<>();
        stores.forEach((name, store) -> checksums.put(name, store.sha256()));
        return admitted(decoded, options.source(), checksums);
    }

    private static void requireSpace(PreparationOptions options, Path folder, int images) throws IOException {
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

    private static DecodedImages admitted(List<PreparedImage> images, Path source, Map<String, String> checksums) {
        if (images.stream().noneMatch(PreparedImage::isReadable)) {
            throw new UnusableInputException("none of the " + images.size() + " files in " + source
                    + " is a readable image; the first is "
                    + images.get(0).image().source() + " ("
                    + images.get(0).problem() + ")");
        }
        List<PreparedImage> admitted = new ArrayList<>();
        List<SkippedFile> skipped = new ArrayList<>();
        for (PreparedImage image : images) {
            if (image.problem().isEmpty()) {
                admitted.add(image);
            } else {
                skipped.add(new SkippedFile(image.image().source(), image.problem()));
            }
        }
        requireEveryClass(images, admitted);
        return new DecodedImages(admitted, skipped, checksums);
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
}
