package org.lesionforge.data.prepare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.lesionforge.data.Part;
import org.lesionforge.data.SkippedFile;
import org.lesionforge.data.source.PartNames;
import org.lesionforge.data.source.SourceImage;
import org.lesionforge.io.UnusableInputException;

/** Parts given by the source, and the groups that conflict with them. */
final class GivenParts {
    private GivenParts() {}

    /**
     * The images that are kept, those of the test part first, then validation, then train.
     *
     * @param skipped receives those that are not
     * @throws UnusableInputException when groups span parts and they may not be left out
     */
    static List<SourceImage> withoutSpanning(List<SourceImage> images, GroupConflict rule, List<SkippedFile> skipped) {
        Map<String, Map<Part, List<SourceImage>>> groups = new TreeMap<>();
        for (SourceImage image : images) {
            groups.computeIfAbsent(image.group(), any -> new EnumMap<>(Part.class))
                    .computeIfAbsent(image.part().orElseThrow(), any -> new ArrayList<>())
                    .add(image);
        }
        groups.values().removeIf(parts -> parts.size() == 1);
        if (rule == GroupConflict.ERROR && !groups.isEmpty()) {
            throw new UnusableInputException(message(groups));
        }
        Map<String, Part> stays = new HashMap<>();
        groups.forEach((group, parts) -> stays.put(group, parts.containsKey(Part.TEST) ? Part.TEST : Part.VALIDATION));
        List<SourceImage> kept = new ArrayList<>();
        for (SourceImage image : images) {
            Part only = stays.getOrDefault(image.group(), image.part().orElseThrow());
            if (only == image.part().orElseThrow()) {
                kept.add(image);
            } else {
                skipped.add(new SkippedFile(
                        image.source(),
                        "left out of " + image.part().orElseThrow().word() + ": its group " + image.group() + " is in "
                                + only.word() + " too"));
            }
        }
        kept.sort(Comparator.comparing((SourceImage image) -> image.part().orElseThrow())
                .reversed()
                .thenComparing(SourceImage::id));
        return kept;
    }

    private static String message(Map<String, Map<Part, List<SourceImage>>> groups) {
        Map.Entry<String, Map<Part, List<SourceImage>>> first =
                groups.entrySet().iterator().next();
        List<String> examples = new ArrayList<>();
        first.getValue().forEach((part, images) -> examples.add(images.get(0).id() + " in " + part.word()));
        String more = groups.size() == 1 ? "" : " (and " + (groups.size() - 1) + " more groups like it)";
        return "group '" + first.getKey() + "' is in " + first.getValue().size() + " parts: "
                + String.join(", ", examples) + more
                + "; correct the parts, or leave such images out of the training side with --spanning leave-out";
    }

    /**
     * @param words for parts in the source
     * @throws UnusableInputException when a class is missing in the train or test part
     */
    static void requireTrainAndTest(List<SourceImage> images, Set<String> words, PartNames names) {
        for (Part part : List.of(Part.TRAIN, Part.TEST)) {
            if (images.stream().noneMatch(image -> image.part().orElseThrow() == part)) {
                throw new UnusableInputException(
                        "the source puts no image into the " + part.word() + " part, its parts are "
                                + words + "; " + instead(part, words, names)
                                + "merge all images and split them again with --part-column none");
            }
            for (String label :
                    images.stream().map(SourceImage::label).distinct().sorted().toList()) {
                if (images.stream()
                        .noneMatch(image -> image.part().orElseThrow() == part
                                && image.label().equals(label))) {
                    throw new UnusableInputException("the source puts no image of class '" + label + "' into the "
                            + part.word() + " part; correct the parts, leave the class out (--classes), or merge"
                            + " all images and split them again with --part-column none");
                }
            }
        }
    }

    /** Suggests the validation images as a test part, since a validation part can be drawn from train. */
    private static String instead(Part part, Set<String> words, PartNames names) {
        return words.stream()
                .filter(word -> names.part(word).equals(Optional.of(Part.VALIDATION)))
                .findFirst()
                .map(word -> "take '" + word + "' for it with --part-map " + word + "=" + part.word() + ", or ")
                .orElse("");
    }
}
