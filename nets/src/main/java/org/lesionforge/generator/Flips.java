package org.lesionforge.generator;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.io.Seed;
import org.lesionforge.torch.Tensors;

/** How real images are mirrored before a net learns from them, each at random by itself. */
public enum Flips {
    /** No image is mirrored. */
    NONE(false, false),
    /** Left to right. */
    HORIZONTAL(true, false),
    /** Left to right and top to bottom: for pictures without an up, such as a lesion under the dermatoscope. */
    BOTH(true, true);

    private static final int VERTICALLY = 2;
    private static final int HORIZONTALLY = 3;

    private final boolean horizontal;
    private final boolean vertical;

    Flips(boolean horizontal, boolean vertical) {
        this.horizontal = horizontal;
        this.vertical = vertical;
    }

    /**
     * Mirrors images, each at random by itself, all at once on their device.
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
        boolean[] mirrored = new boolean[(int) images.size(0)];
        boolean[] upsideDown = new boolean[mirrored.length];
        for (int i = 0; i < mirrored.length; i++) {
            mirrored[i] = horizontal && random.nextBoolean();
            upsideDown[i] = vertical && random.nextBoolean();
        }
        return Tensors.flipped(Tensors.flipped(images, mirrored, HORIZONTALLY), upsideDown, VERTICALLY);
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
