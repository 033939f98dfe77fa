package org.lesionforge.data.prepare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesionforge.data.Dataset;
import org.lesionforge.data.Part;
import org.lesionforge.data.Split;
import org.lesionforge.data.source.SourceImage;
import org.lesionforge.data.source.UnionFind;
import org.lesionforge.io.UnusableInputException;

/**
 * How preparation splits: by the parts of the source, with a validation part drawn from its train part where one is
 * wanted and not given; otherwise all parts are drawn by group.
 */
final class SplitRule {
    private final PreparationOptions options;
    private final boolean given;
    private final Set<String> partWords;

    /**
     * @param given whether the source gives the part of every image
     * @param partWords its words for parts, as spelt there
     */
    SplitRule(PreparationOptions options, boolean given, Set<String> partWords) {
        this.options = options;
        this.given = given;
        this.partWords = partWords;
    }

    /**
     * Images with their parts.
     *
     * @param images in the given order, each with its part
     * @param info what {@code dataset.json} says of the split
     */
    record Outcome(List<PreparedImage> images, Dataset.SplitInfo info) {}

    /**
     * Checks before decoding whether the images can be split.
     *
     * @return whether parts are drawn at random, at least in part
     * @throws UnusableInputException when a part would lack a class
     */
    boolean draws(List<SourceImage> images) {
        Split planned = split(images);
        return !given
                || images.stream()
                        .anyMatch(image ->
                                planned.part(image.id()) != image.part().orElseThrow());
    }

    /**
     * Splits decoded images; those with equal pixels are put into one part, whatever their identifiers. Given parts are
     * kept.
     *
     * @throws UnusableInputException when a part would lack a class
     */
    Outcome apply(List<PreparedImage> images) {
        List<PreparedImage> grouped = groupDuplicates(images);
        Split split = split(grouped.stream().map(PreparedImage::image).toList());
        List<PreparedImage> placed = grouped.stream()
                .map(row -> row.withImage(
                        row.image().withPart(split.part(row.image().id()))))
                .toList();
        return new Outcome(
                placed,
                new Dataset.SplitInfo(
                        given ? "column" : "grouped",
                        options.seed(),
                        given ? share(placed, Part.TEST) : options.test(),
                        options.validation(),
                        split.sha256()));
    }

    private Split split(List<SourceImage> images) {
        if (!given) {
            return Split.grouped(items(images), options.test(), options.validation(), options.seed());
        }
        GivenParts.requireTrainAndTest(images, partWords, options.partNames());
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

    private static List<PreparedImage> groupDuplicates(List<PreparedImage> images) {
        UnionFind groups = new UnionFind();
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

    private static double share(List<PreparedImage> images, Part part) {
        long count = images.stream()
                .filter(row -> row.image().part().orElseThrow() == part)
                .count();
        return (double) count / images.size();
    }
}
