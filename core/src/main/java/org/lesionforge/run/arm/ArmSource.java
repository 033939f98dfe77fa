package org.lesionforge.run.arm;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Where the images come from that an arm adds: to the scarce class, or to every class in the same ratio.
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
        /** By a generator that the experiment trains on the scarce class. */
        FAMILY,
        /** Of every class, by a conditional generator that the experiment trains on all of them. */
        BOTH,
        /** By another program's generator; the user names their folder. */
        EXTERNAL,
        /** Training images of every class again, each through the generator's size and the photographs' JPEG: a control. */
        PROCESSED,
        /** Photographs that all other arms and the generators do without: a control. */
        REAL
    }

    /** The only family that there was before there were others; what does not name a family is of it. */
    public static final String OLD_FAMILY = "dcgan";

    /** No images: the training part as it is. */
    public static final ArmSource NONE = new ArmSource(Kind.NONE, "none");
    /** Images of the class again, unchanged. */
    public static final ArmSource OVERSAMPLE = new ArmSource(Kind.OVERSAMPLE, "oversample");
    /** Images of the class again, each copy altered. */
    public static final ArmSource CLASSICAL = new ArmSource(Kind.CLASSICAL, "classical");

    /** Training images of every class again, as a generator of their size would show them. */
    public static final ArmSource PROCESSED = new ArmSource(Kind.PROCESSED, "processed");
    /** Photographs held out of everything else. */
    public static final ArmSource REAL = new ArmSource(Kind.REAL, "real");

    private static final String EXTERNAL = "external:";
    private static final String BOTH = "both:";
    private static final String CONDITIONAL = "-conditional";
    private static final String EXTERNAL_NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*";
    private static final String FAMILY_NAME = "[a-z][a-z0-9-]*";
    private static final String ANY_FAMILY = "FAMILY";

    private static final List<ArmSource> OF_ONE_KIND = List.of(NONE, OVERSAMPLE, CLASSICAL, PROCESSED, REAL);

    /**
     * Refuses a name that its kind cannot have.
     *
     * @param kind any
     * @param name of a {@link Kind#FAMILY} or {@link Kind#BOTH} small letters, digits and {@code -}, the first a letter, no word of
     *     another source, not ending in {@code -conditional}; of {@link Kind#EXTERNAL} letters, digits, {@code _}, {@code -} and {@code .}, the first no
     *     {@code -} or {@code .}
     * @throws IllegalArgumentException when no family can be called so, or a name cannot be one of a folder
     */
    public ArmSource {
        if ((kind == Kind.FAMILY || kind == Kind.BOTH) && !canBeFamily(name)) {
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
     * {@return images of every class, of a conditional generator that the experiment trains}
     *
     * @param name of its family
     * @throws IllegalArgumentException when no family can be called so
     */
    public static ArmSource both(String name) {
        return new ArmSource(Kind.BOTH, name);
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
                && !name.endsWith(CONDITIONAL)
                && !EXTERNAL.equals(name + ":")
                && !BOTH.equals(name + ":")
                && OF_ONE_KIND.stream().noneMatch(source -> source.name.equals(name));
    }

    /**
     * Empty when nothing is called so.
     *
     * @throws IllegalArgumentException when no family, or no images brought along, can be called what follows the colon
     */
    static Optional<ArmSource> of(String word) {
        if (word.startsWith(EXTERNAL)) {
            return Optional.of(external(word.substring(EXTERNAL.length())));
        }
        if (word.startsWith(BOTH)) {
            return Optional.of(both(word.substring(BOTH.length())));
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
                        Stream.of(BOTH + ANY_FAMILY, EXTERNAL + "NAME"))
                .flatMap(words -> words)
                .toList();
    }

    /** What it is called in options and files: {@link #of} makes the same source of it. */
    String word() {
        return switch (kind) {
            case EXTERNAL -> EXTERNAL + name;
            case BOTH -> BOTH + name;
            default -> name;
        };
    }

    /**
     * What the generator is called that the experiment trains for it: its family, and of every class {@code FAMILY-conditional}; empty
     * where it needs none.
     */
    Optional<String> generator() {
        return switch (kind) {
            case FAMILY -> Optional.of(name);
            case BOTH -> Optional.of(ofEveryClass(name));
            default -> Optional.empty();
        };
    }

    /**
     * {@return what the generator of every class is called that an experiment trains}
     *
     * @param family of the generator
     */
    public static String ofEveryClass(String family) {
        return family + CONDITIONAL;
    }

    /**
     * {@return the family of a generator that an experiment trains}
     *
     * @param generator what it is called: {@code dcgan}, {@code dcgan-conditional}
     */
    public static String familyOf(String generator) {
        return isOfEveryClass(generator)
                ? generator.substring(0, generator.length() - CONDITIONAL.length())
                : generator;
    }

    /**
     * {@return whether a generator that an experiment trains is a conditional one of every class}
     *
     * @param generator what it is called: {@code dcgan}, {@code dcgan-conditional}
     */
    public static boolean isOfEveryClass(String generator) {
        return generator.endsWith(CONDITIONAL);
    }

    /** {@return whether it adds images of every class in the same ratio, and not of the scarce class alone} */
    public boolean isOfEveryClass() {
        return kind == Kind.BOTH || kind == Kind.PROCESSED || kind == Kind.REAL;
    }

    /** {@return whether its images were made by a generator, ours or another, and are not copies of real ones} */
    public boolean isGenerated() {
        return kind == Kind.FAMILY || kind == Kind.BOTH || kind == Kind.EXTERNAL;
    }

    /**
     * @param only whether its images take the place of the real ones
     * @param families title of a family by its name
     */
    String title(boolean only, UnaryOperator<String> families) {
        String images = (generator().isPresent() ? families.apply(name) : name) + " images";
        return switch (kind) {
            case NONE -> "Original data";
            case OVERSAMPLE -> "Duplicated images";
            case CLASSICAL -> "Classical augmentation";
            case BOTH -> "All classes with " + images;
            case PROCESSED -> "Training images again, through the generator's size and JPEG";
            case REAL -> "More real images";
            case FAMILY, EXTERNAL -> only ? images + " in place of real ones" : "Balanced with " + images;
        };
    }
}
