package org.lesionforge.run.arm;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One way of treating the imbalance of the training part. Everything else is the same in every arm.
 *
 * <p>In words: a source, how much of it, and modifiers: {@code none+class-weights}, {@code dcgan}, {@code dcgan:500+degraded},
 * {@code dcgan@0.5+only}, {@code both:dcgan@1+filtered+shuffled}, {@code external:NAME} ({@link ArmWord} has the grammar).
 *
 * @param source of the images that are added
 * @param amount how many are
 * @param modifiers what else is done
 */
public record Arm(ArmSource source, Amount amount, Set<ArmModifier> modifiers) {
    /** The paper's first approach. */
    public static final Arm NONE = new Arm(ArmSource.NONE, Amount.BALANCE, Set.of());

    /**
     * Refuses what contradicts itself.
     *
     * @param source {@link ArmSource#NONE} only with {@link Amount#BALANCE}, {@link ArmSource#REAL} only with a number
     * @param amount any with another source
     * @param modifiers {@link ArmModifier#ONLY} only with a source of generated images of the scarce class, {@link ArmModifier#SHUFFLED} only
     *     with one of generated images of every class, {@link ArmModifier#FILTERED} only with a generator that the experiment trains
     * @throws IllegalArgumentException when nothing is added, yet a number of it asked for; when copies are to take the
     *     place of their originals; when there is nothing to shuffle, or nothing is drawn that could be filtered
     */
    public Arm {
        modifiers = modifiers.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(modifiers));
        if (source.equals(ArmSource.NONE) && !amount.equals(Amount.BALANCE)) {
            throw new IllegalArgumentException("'none' adds no images, so that no number of them can be asked for");
        }
        if (source.equals(ArmSource.REAL) && !(amount instanceof Amount.Count)) {
            throw new IllegalArgumentException(
                    "'real' says how many real images are held out of all other arms, such as real:500");
        }
        if (modifiers.contains(ArmModifier.ONLY) && (!source.isGenerated() || source.isOfEveryClass())) {
            throw new IllegalArgumentException(
                    "'only' goes with images of the scarce class that a generator made, which can"
                            + " take the place of its real ones; '" + source.word() + "' has none");
        }
        if (modifiers.contains(ArmModifier.SHUFFLED) && source.kind() != ArmSource.Kind.BOTH) {
            throw new IllegalArgumentException(
                    "'shuffled' goes with generated images of every class, such as" + " both:dcgan+shuffled; those of '"
                            + source.word() + "' are not, so that there is nothing to shuffle");
        }
        if (modifiers.contains(ArmModifier.FILTERED) && source.generator().isEmpty()) {
            throw new IllegalArgumentException("'filtered' goes with images that a generator draws here, such as"
                    + " dcgan+filtered; none are drawn for '" + source.word()
                    + "', so that there is nothing to choose");
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
        return ArmWord.parse(word, List.of(), List.of());
    }

    /**
     * {@return whether a word in a file of any version is an arm of this one's grammar}
     *
     * @param word of an arm, as the file has it
     */
    public static boolean isOne(String word) {
        try {
            of(word);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * {@return the arm of a word, of a family that there is}
     *
     * @param word as for {@link #of(String)}
     * @param families names of those there are, at least one
     * @param conditional names of those that can tell classes apart
     * @throws IllegalArgumentException as for {@link #of(String)}, and when its family is none of {@code families}, or has no classes and
     *     the arm is to draw of every one
     */
    public static Arm of(String word, Collection<String> families, Collection<String> conditional) {
        return ArmWord.parse(word, families, conditional);
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
        return isOne(word) ? of(word).word() : word;
    }

    /**
     * {@return what it is called in tables}
     *
     * @param families title of a family of generators by its name
     */
    public String title(UnaryOperator<String> families) {
        String added = source.title(only(), families) + amount.title();
        String weighted = source.equals(ArmSource.NONE) ? "Class weights" : added + ", class weights";
        return (classWeights() ? weighted : added)
                + (degraded() ? ", all images blurred alike" : "")
                + (filtered() ? ", chosen by a classifier" : "")
                + (shuffled() ? ", their classes shuffled" : "");
    }

    /**
     * {@return what the generator is called that the experiment trains for it, in folders and files: its family, and of every class
     * {@code FAMILY-conditional}; empty where it needs none}
     */
    public Optional<String> generator() {
        return source.generator();
    }

    /**
     * {@return the same of an arm in a file of any version; empty where its word is not an arm}
     *
     * @param word of an arm, as the file has it
     */
    public static Optional<String> generator(String word) {
        return isOne(word) ? of(word).generator() : Optional.empty();
    }

    /** {@return the images that a generator draws for it; empty where it needs none} */
    public Optional<DrawnSet> drawn() {
        return generator().map(name -> new DrawnSet(name, filtered()));
    }

    /** {@return whether the loss is weighted so that every class counts the same} */
    public boolean classWeights() {
        return modifiers.contains(ArmModifier.CLASS_WEIGHTS);
    }

    /** {@return whether all images of the arm, tested ones too, go through the generator's size} */
    public boolean degraded() {
        return modifiers.contains(ArmModifier.DEGRADED);
    }

    /** {@return whether a classifier chooses among what is drawn} */
    public boolean filtered() {
        return modifiers.contains(ArmModifier.FILTERED);
    }

    /** {@return whether what is added takes the place of the real images of the class} */
    public boolean only() {
        return modifiers.contains(ArmModifier.ONLY);
    }

    /** {@return whether the classes of what is added are permuted among these images} */
    public boolean shuffled() {
        return modifiers.contains(ArmModifier.SHUFFLED);
    }

    /** {@return whether it needs a generator that the experiment trains} */
    public boolean needsGenerator() {
        return generator().isPresent();
    }

    /** {@return whether it adds as many images as the scarce class lacks} */
    public boolean balances() {
        return adds() && !source.isOfEveryClass() && amount.equals(Amount.BALANCE);
    }

    /** {@return whether it adds any images} */
    public boolean adds() {
        return !source.equals(ArmSource.NONE);
    }
}
