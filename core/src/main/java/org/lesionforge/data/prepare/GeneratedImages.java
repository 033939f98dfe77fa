package org.lesionforge.data.prepare;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.lesionforge.data.Part;
import org.lesionforge.data.source.SourceImage;
import org.lesionforge.data.synthetic.GeneratorMarks;
import org.lesionforge.io.Progress;
import org.lesionforge.io.UnusableInputException;

/** Keeps generated images out of validation and test parts: a classifier is tested on real images only. */
final class GeneratedImages {
    private static final String REMEDY = "; take them out: a classifier is judged on real images alone";

    private GeneratedImages() {}

    /**
     * Checks the file of every image, before any is decoded.
     *
     * @param drawn whether parts are drawn at random, at least in part
     * @throws UnusableInputException when a generated image is in the validation or test part, or may come into one
     */
    static void refuse(List<SourceImage> images, boolean drawn, Progress progress) {
        Map<String, String> marks = marks(images);
        List<SourceImage> generated =
                images.stream().filter(image -> marks.containsKey(image.id())).toList();
        if (generated.isEmpty()) {
            return;
        }
        List<SourceImage> wrong = generated.stream()
                .filter(image -> drawn || image.part().orElseThrow() != Part.TRAIN)
                .toList();
        if (!wrong.isEmpty()) {
            throw new UnusableInputException(count(wrong.size())
                    + " made by a generator would lie in the validation or test part, or"
                    + " could be drawn into one, the first is "
                    + wrong.get(0).source() + " (" + marks.get(wrong.get(0).id()) + ")" + REMEDY);
        }
        progress.warn(count(generated.size())
                + " made by a generator lie in the train part and count as real there, the first"
                + " is " + generated.get(0).source() + " ("
                + marks.get(generated.get(0).id()) + ")" + REMEDY);
    }

    private static Map<String, String> marks(List<SourceImage> images) {
        GeneratorMarks marks = new GeneratorMarks();
        Map<String, String> found = new ConcurrentHashMap<>();
        images.parallelStream().forEach(image -> {
            Optional<String> mark = image.content().file().flatMap(marks::of);
            mark.ifPresent(seen -> found.put(image.id(), seen));
        });
        return found;
    }

    private static String count(int count) {
        return count == 1 ? "1 image that was" : count + " images that were";
    }
}
