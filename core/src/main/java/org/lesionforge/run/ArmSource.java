package org.lesionforge.run;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where the images come from that an arm adds to the scarce class.
 *
 * @param kind how they are made
 * @param name of the family of generators, or what the user calls images brought along; of the others the word
 */
public record ArmSource(Kind kind, String name) {
    /** How images are made. */
    public enum Kind {
        /** None are. */
        NONE,
        /** The same images again. */
        OVERSAMPLE,
        /** Copies, each altered by zoom, shear, elastic deformation, contrast and brightness. */
        CLASSICAL,
        /** By a generator that the experiment trains. */
        FAMILY,
        /** By another program's generator; the user names their folder. */
        EXTERNAL
    }

    /** No images: the training part as it is. */
    public static final ArmSource NONE = new ArmSource(Kind.NONE, "none");
    /** Images of the class again, unchanged. */
    public static final ArmSource OVERSAMPLE = new ArmSource(Kind.OVERSAMPLE, "oversample");
    /** Images of the class again, each copy altered. */
    public static final ArmSource CLASSICAL = new ArmSource(Kind.CLASSICAL, "classical");

    /** Families of generators, with what they are called in tables. */
    private static final Map<String, String> FAMILIES = Map.of("dcgan", "DCGAN");

    private static final String EXTERNAL = "external:";
    private static final String EXTERNAL_NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*";

    /** What {@link #of} reads, for messages. */
    static final List<String> WORDS = Stream.concat(
                    Stream.of(NONE, OVERSAMPLE, CLASSICAL).map(ArmSource::word),
                    Stream.concat(FAMILIES.keySet().stream().sorted(), Stream.of(EXTERNAL + "NAME")))
            .toList();

    /**
     * Refuses a name that its kind cannot have.
     *
     * @param kind any
     * @param name of a {@link Kind#FAMILY} one of those there are; of {@link Kind#EXTERNAL} letters, digits, {@code _},
     *     {@code -} and {@code .}, the first no {@code -} or {@code .}
     * @throws IllegalArgumentException when a family is none of those there are, or a name cannot be one of a folder
     */
    public ArmSource {
        if (kind == Kind.FAMILY && !FAMILIES.containsKey(name)) {
            throw new IllegalArgumentException("there is no source '" + name + "'" + ArmWord.suggestion(name, WORDS));
        }
        if (kind == Kind.EXTERNAL && !name.matches(EXTERNAL_NAME)) {
            throw new IllegalArgumentException("'" + name + "' cannot name images brought along; take letters, digits,"
                    + " '_', '-' and '.', the first no '-' or '.'");
        }
    }

    /**
     * {@return images of a generator that the experiment trains}
     *
     * @param name of its family: {@code dcgan}
     * @throws IllegalArgumentException when there is no such family
     */
    public static ArmSource family(String name) {
        return new ArmSource(Kind.FAMILY, name);
    }

    /**
     * {@return images that were brought along}
     *
     * @param name of the user's choice; in an arm's word after {@code external:}
     * @throws IllegalArgumentException when it cannot be the name of a folder
     */
    public static ArmSource external(String name) {
        return new ArmSource(Kind.EXTERNAL, name);
    }

    /** @throws IllegalArgumentException when there is no such source */
    static ArmSource of(String word) {
        return Stream.of(NONE, OVERSAMPLE, CLASSICAL)
                .filter(source -> source.word().equals(word))
                .findFirst()
                .orElseGet(
                        () -> word.startsWith(EXTERNAL) ? external(word.substring(EXTERNAL.length())) : family(word));
    }

    /** What it is called in options and files: {@link #of} makes the same source of it. */
    String word() {
        return kind == Kind.EXTERNAL ? EXTERNAL + name : name;
    }

    /** {@return whether its images were made by a generator, ours or another, and are not copies of real ones} */
    public boolean isGenerated() {
        return kind == Kind.FAMILY || kind == Kind.EXTERNAL;
    }

    /** @param only whether its images take the place of the real ones */
    String title(boolean only) {
        String images = (kind == Kind.FAMILY ? FAMILIES.get(name) : name) + " images";
        return switch (kind) {
            case NONE -> "Original data";
            case OVERSAMPLE -> "Duplicated images";
            case CLASSICAL -> "Classical augmentation";
            case FAMILY, EXTERNAL -> only ? images + " in place of real ones" : "Balanced with " + images;
        };
    }
}
