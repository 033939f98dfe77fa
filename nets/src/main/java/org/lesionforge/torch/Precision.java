package org.lesionforge.torch;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How exactly convolutions and matrix products are computed. Weights, losses and what is written to files are float32 with each of them. */
public enum Precision {
    /** 24 bits of significand. */
    FLOAT32,
    /** NVIDIA's TensorFloat-32: float32 in memory, 11 bits of significand in the products, whose sums are float32. */
    TF32,
    /** 8 bits of significand, the range of float32. */
    BFLOAT16;

    /** {@return the name in options and files: {@code float32}, {@code tf32}, {@code bfloat16}} */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The precision of a name.
     *
     * @param word as {@link #word} gives it
     * @return the precision; empty where none is called so
     */
    public static Optional<Precision> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
