package org.lesionforge.run.arm;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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

    /** The only family that there was before there were others; what does not name a family is of it. */
    public static final String OLD_FAMILY = "dcgan";

    /** No images: the training part as it is. */
    public static final ArmSource NONE = new ArmSource(Kind.NONE, "none");
    /** Images of the class again, unchanged. */
    public static final ArmSource OVERSAMPLE = new ArmSource(Kind.OVERSAMPLE, "oversample");
    /** Images of the class again, each copy altered. */
    public static final ArmSource CLASSICAL = new ArmSource(Kind.CLASSICAL, "classical");

    private static final String EXTERNAL = "external:";
    private static final String EXTERNAL_NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*";
    private static final String FAMILY_NAME = "[a-z][a-z0-9-]*";
    private static final String ANY_FAMILY = "FAMILY";

    /** Sources that the grammar has and no part of the program makes yet. */
    private static final List<String> PLANNED = List.of("processed", "real", "both");

    private static final List<ArmSource> OF_ONE_KIND = List.of(NONE, OVERSAMPLE, CLASSICAL);

    /**
     * Refuses a name that its kind cannot have.
     *
     * @param kind any
     * @param name of a {@link Kind#FAMILY} small letters, digits and {@code -}, the first a letter, and no word of
     *     another source; of {@link Kind#EXTERNAL} letters, digits, {@code _}, {@code -} and {@code .}, the first no
     *     {@code -} or {@code .}
     * @throws IllegalArgumentException when no family can be called so, or a name cannot be one of a folder
     */
    public ArmSource {
        if (kind == Kind.FAMILY && !canBeFamily(name)) {
            throw new IllegalArgumentException("no family of generators can be called '" + name
                    + "'; its name has small letters, digits and '-', the first a letter");
        }
        if (kind == Kind.EXTERNAL && !name.matches(EXTERNAL_NAME)) {
            throw new IllegalArgumentException("'" + name + "' cannot name images brought along; take letters, digits,"
                    + " '_', '-' and '.', the first no '-' or '.'");
        }
    }

    /**
     * {@return images of a generator that the experiment trains}
     *
     * @param name of its family, such as {@code dcgan}; whether there is one is not asked here
     * @throws IllegalArgumentException when no family can be called so
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

    private static boolean canBeFamily(String name) {
        return name.matches(FAMILY_NAME)
                && !PLANNED.contains(name)
                && !EXTERNAL.equals(name + ":")
                && OF_ONE_KIND.stream().noneMatch(source -> source.name.equals(name));
    }

    /**
     * Empty when nothing is called so.
     *
     * @throws IllegalArgumentException when it is planned, or the name of images brought along cannot be one
     */
    static Optional<ArmSource> of(String word) {
        String first = word.replaceFirst(":.*", "");
        if (PLANNED.contains(first)) {
            throw new IllegalArgumentException("the source '" + word + "' is planned and not built yet");
        }
        if (word.startsWith(EXTERNAL)) {
            return Optional.of(external(word.substring(EXTERNAL.length())));
        }
        return canBeFamily(word)
                ? Optional.of(family(word))
                : OF_ONE_KIND.stream()
                        .filter(source -> source.word().equals(word))
                        .findFirst();
    }

    /** What {@link #of} reads, for messages; without families those are any. */
    static List<String> words(Collection<String> families) {
        return Stream.of(
                        OF_ONE_KIND.stream().map(ArmSource::word),
                        families.isEmpty() ? Stream.of(ANY_FAMILY) : families.stream(),
                        Stream.of(EXTERNAL + "NAME"))
                .flatMap(words -> words)
                .toList();
    }

    /** What it is called in options and files: {@link #of} makes the same source of it. */
    String word() {
        return kind == Kind.EXTERNAL ? EXTERNAL + name : name;
    }

    /** {@return whether its images were made by a generator, ours or another, and are not copies of real ones} */
    public boolean isGenerated() {
        return kind == Kind.FAMILY || kind == Kind.EXTERNAL;
    }

    /**
     * @param only whether its images take the place of the real ones
     * @param families title of a family by its name
     */
    String title(boolean only, UnaryOperator<String> families) {
        String images = (kind == Kind.FAMILY ? families.apply(name) : name) + " images";
        return switch (kind) {
            case NONE -> "Original data";
            case OVERSAMPLE -> "Duplicated images";
            case CLASSICAL -> "Classical augmentation";
            case FAMILY, EXTERNAL -> only ? images + " in place of real ones" : "Balanced with " + images;
        };
    }
}
