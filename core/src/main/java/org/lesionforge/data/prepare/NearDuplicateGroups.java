package org.lesionforge.data.prepare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lesionforge.data.source.SourceImage;
import org.lesionforge.data.source.UnionFind;
import org.lesionforge.duplicate.NearDuplicate;
import org.lesionforge.duplicate.Thumbnail;
import org.lesionforge.image.RgbImage;
import org.lesionforge.image.file.Fit;
import org.lesionforge.io.Progress;

/** Merges the groups of images that show the same photograph, before parts are assigned. */
final class NearDuplicateGroups {
    private final ParallelDecoder decoder;
    private final Progress progress;

    NearDuplicateGroups(Fit fit, int threads, Progress progress) {
        decoder = new ParallelDecoder("reading images", List.of(Thumbnail.SIDE), fit, false, threads);
        this.progress = progress;
    }

    /**
     * Images in groups.
     *
     * @param images with the groups that they were merged into
     * @param thumbnails what the readable ones were compared by, by their ids
     */
    record Joined(List<SourceImage> images, Map<String, Thumbnail> thumbnails) {}

    /** The same images in the same order; unreadable ones keep their group. */
    Joined join(List<SourceImage> images) throws IOException {
        List<Thumbnail> thumbnails = new ArrayList<>();
        List<SourceImage> readable = new ArrayList<>();
        decoder.decode(
                images,
                image -> {
                    if (image.isReadable()) {
                        thumbnails.add(
                                Thumbnail.of(RgbImage.wrap(Thumbnail.SIDE, Thumbnail.SIDE, image.pixels()[0].bytes())));
                        readable.add(image.image());
                    }
                    return image;
                },
                List.of(),
                progress);
        List<NearDuplicate> pairs = NearDuplicate.among(thumbnails, progress);
        UnionFind groups = new UnionFind();
        pairs.forEach(pair -> groups.join(
                readable.get(pair.a()).group(), readable.get(pair.b()).group()));
        List<SourceImage> joined = images.stream()
                .map(image -> image.withGroup(groups.groupOf(image.group())))
                .toList();
        progress.message(pairs.size() + " pairs of near-duplicates; " + countGroups(images) + " groups became "
                + countGroups(joined));
        Map<String, Thumbnail> compared = new HashMap<>();
        for (int i = 0; i < readable.size(); i++) {
            compared.put(readable.get(i).id(), thumbnails.get(i));
        }
        return new Joined(joined, compared);
    }

    private static long countGroups(List<SourceImage> images) {
        return images.stream().map(SourceImage::group).distinct().count();
    }
}
