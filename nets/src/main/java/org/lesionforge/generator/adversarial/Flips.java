package org.lesionforge.generator.adversarial;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.lesionforge.io.Seed;

/** How real images are mirrored before a net learns from them, each at random by itself. */
public enum Flips {
    /** No image is mirrored. */
    NONE(false, false),
    /** Left to right. */
    HORIZONTAL(true, false),
    /** Left to right and top to bottom: for pictures without an up, such as a lesion under the dermatoscope. */
    BOTH(true, true);

    private static final long VERTICALLY = 2;
    private static final long HORIZONTALLY = 3;

    private final boolean horizontal;
    private final boolean vertical;

    Flips(boolean horizontal, boolean vertical) {
        this.horizontal = horizontal;
        this.vertical = vertical;
    }

    /**
     * Mirrors images, each at random by itself.
     *
     * @param images n × channels × side × side
     * @param seed of what is random
     * @return images of the same shape; these where none is mirrored
     */
    public Tensor apply(Tensor images, Seed seed) {
        if (this == NONE) {
            return images;
        }
        SplittableRandom random = seed.random();
        TensorVector each = images.split(1);
        TensorVector flipped = new TensorVector();
        for (long i = 0; i < each.size(); i++) {
            Tensor image = each.get(i);
            Tensor mirrored = horizontal && random.nextBoolean() ? image.flip(HORIZONTALLY) : image;
            flipped.push_back(vertical && random.nextBoolean() ? mirrored.flip(VERTICALLY) : mirrored);
        }
        return torch.cat(flipped);
    }

    /** {@return the name in options and files: {@code none}, {@code horizontal}, {@code both}} */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The flips of a name.
     *
     * @param word as {@link #word} gives it
     * @return the flips that are called so
     * @throws IllegalArgumentException when none are called so; the message lists the names there are
     */
    public static Flips of(String word) {
        return Arrays.stream(values())
                .filter(flips -> flips.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there are no flips '" + word + "'; there are "
                        + Arrays.stream(values()).map(Flips::word).collect(Collectors.joining(", "))));
    }
}
