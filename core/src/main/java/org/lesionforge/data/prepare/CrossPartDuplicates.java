package org.lesionforge.data.prepare;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.lesionforge.data.source.SourceImage;

/**
 * Leaves out an image whose pixels are also in a part farther from training. Must be called in the order test,
 * validation, train.
 */
final class CrossPartDuplicates implements UnaryOperator<PreparedImage> {
    private final Map<String, SourceImage> firsts = new HashMap<>();

    @Override
    public PreparedImage apply(PreparedImage image) {
        if (!image.isReadable()) {
            return image;
        }
        SourceImage first = firsts.putIfAbsent(image.sha256(), image.image());
        if (first == null || first.part().equals(image.image().part())) {
            return image;
        }
        return image.withProblem(
                "left out of " + image.image().part().orElseThrow().word() + ": the same picture as " + first.id()
                        + ", which is in " + first.part().orElseThrow().word());
    }
}
