package org.lesionforge.run.arm;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One way of treating the imbalance of the training part. Everything else is the same in every arm.
 *
 * <p>In words: a source, how much of it, and modifiers: {@code none+class-weights}, {@code dcgan}, {@code dcgan:500+degraded},
 * {@code dcgan@0.5+only}, {@code external:NAME} ({@link ArmWord} has the grammar).
 *
 * @param source of the images that are added to the scarce class
 * @param amount how many are
 * @param classWeights whether the loss is weighted so that every class counts the same
 * @param degraded whether all images of the arm, tested ones too, go through the generator's size, so that blur cannot give the class away
 * @param only whether what is added takes the place of the real images of the class
 */
public record Arm(ArmSource source, Amount amount, boolean classWeights, boolean degraded, boolean only) {
    /** The paper's first approach. */
    public static final Arm NONE = new Arm(ArmSource.NONE, Amount.BALANCE, false, false, false);
    /**
     * Refuses what contradicts itself.
     *
     * @param source {@link ArmSource#NONE} only with {@link Amount#BALANCE}
     * @param amount any with another source
     * @param classWeights goes with every source
     * @param degraded goes with every source
     * @param only true only with a source of generated images
     * @throws IllegalArgumentException when nothing is added, yet a number of it asked for; when copies are to take the
     *     place of their originals
     */
    public Arm {
        if (source.equals(ArmSource.NONE) && !amount.equals(Amount.BALANCE)) {
            throw new IllegalArgumentException("'none' adds no images, so that no number of them can be asked for");
        }
        if (only && !source.isGenerated()) {
            throw new IllegalArgumentException("'only' goes with images that a generator made, which can take the place"
                    + " of real ones; '" + source.word() + "' has none");
        }
    }

    /**
     * {@return the arm of a word, one of version 0.1 included} Whether there is a family of that name is not asked.
     *
     * @param word in the grammar above, such as {@code dcgan:500+degraded}
     * @throws IllegalArgumentException giving the word, what is wrong with it, and the grammar
     */
    @JsonCreator
    public static Arm of(String word) {
        return ArmWord.parse(word, List.of());
    }

    /**
     * {@return the arm of a word, of a family that there is}
     *
     * @param word as for {@link #of(String)}
     * @param families names of those there are, at least one
     * @throws IllegalArgumentException as for {@link #of(String)}, and when its family is none of {@code families}
     */
    public static Arm of(String word, Collection<String> families) {
        return ArmWord.parse(word, families);
    }

    /** {@return what it is called in options and files: {@link #of} makes the same arm of it} */
    @JsonValue
    public String word() {
        return ArmWord.of(this);
    }

    /** {@return what version 0.1 called it, where that was another word} */
    public Optional<String> oldWord() {
        return ArmWord.old(this);
    }

    /** {@return what it is called in names of folders; a colon would be refused by some systems} */
    public String folderName() {
        // Names of images brought along may end in a number, as if it were one of images.
        return word().replace(':', source.kind() == ArmSource.Kind.EXTERNAL ? '=' : '-');
    }

    /** {@return what version 0.1 called its folders, where that was another name} */
    public Optional<String> oldFolderName() {
        return oldWord().map(word -> word.replace(':', '-'));
    }

    /**
     * {@return the word of today for an arm in a file of any version; what is not an arm stays as it is}
     *
     * @param word of an arm, as the file has it
     */
    public static String currentWord(String word) {
        try {
            return of(word).word();
        } catch (IllegalArgumentException e) {
            return word;
        }
    }

    /**
     * {@return what it is called in tables}
     *
     * @param families title of a family of generators by its name
     */
    public String title(UnaryOperator<String> families) {
        String added = source.title(only, families) + amount.title();
        String weighted = source.equals(ArmSource.NONE) ? "Class weights" : added + ", class weights";
        return (classWeights ? weighted : added) + (degraded ? ", all images blurred alike" : "");
    }

    /** {@return the family of the generator that the experiment trains for it; empty where it needs none} */
    public Optional<String> family() {
        return needsGenerator() ? Optional.of(source.name()) : Optional.empty();
    }

    /**
     * {@return the same of an arm in a file of any version; empty where its word is not an arm}
     *
     * @param word of an arm, as the file has it
     */
    public static Optional<String> family(String word) {
        try {
            return of(word).family();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return whether it needs a generator that the experiment trains} */
    public boolean needsGenerator() {
        return source.kind() == ArmSource.Kind.FAMILY;
    }

    /** {@return whether it adds as many images as the scarce class lacks} */
    public boolean balances() {
        return adds() && amount.equals(Amount.BALANCE);
    }

    /** {@return whether it adds any images} */
    public boolean adds() {
        return !source.equals(ArmSource.NONE);
    }
}
