package org.lesionforge.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** One way of treating the imbalance of the training part. Everything else is the same in every arm. */
public enum Arm {
    /** The paper's first approach: the training part as it is. */
    NONE("none", "Original data"),
    /** The paper's second approach: as many DCGAN images added to the minority as it lacks. */
    DCGAN("dcgan", "Balanced with DCGAN images");

    private final String word;
    private final String title;

    Arm(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** What it is called in options and files. */
    @JsonValue
    public String word() {
        return word;
    }

    /** What it is called in tables. */
    public String title() {
        return title;
    }

    /** @throws IllegalArgumentException naming those there are */
    public static Arm of(String word) {
        return Arrays.stream(values())
                .filter(arm -> arm.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no arm '" + word + "'; there are "
                        + Arrays.stream(values()).map(Arm::word).collect(Collectors.joining(", "))));
    }
}
