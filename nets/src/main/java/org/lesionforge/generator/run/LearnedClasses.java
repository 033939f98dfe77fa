package org.lesionforge.generator.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lesionforge.data.HeldOutPart;
import org.lesionforge.data.LabelledImages;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.generator.LabelShares;
import org.lesionforge.io.UnusableInputException;

/**
 * The classes whose images a generator learns: one, several or all of a data set. A conditional generator tells them apart by labels; to any
 * other they are one class, named after all of them.
 *
 * @param names in the order of their labels; at least one
 * @param conditional whether the generator tells them apart
 */
public record LearnedClasses(List<String> names, boolean conditional) {
    /** The word for every class of a data set. */
    private static final String ALL = "all";

    private static final String COMMA = ",";

    /**
     * Takes a copy of the names.
     *
     * @param names in the order of their labels
     * @param conditional whether the generator tells them apart
     * @throws IllegalArgumentException when there is none, or one stands there twice
     */
    public LearnedClasses {
        names = List.copyOf(names);
        if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("expected different classes, got " + names);
        }
    }

    /**
     * The classes that a word names.
     *
     * @param word a class; several with commas between them, in any order; or {@code all}. A class that is called so is meant itself
     * @param training a part of the data set that has them
     * @param conditional whether the generator tells them apart
     * @return the classes, in the order of the data set
     * @throws IllegalArgumentException when one is named twice
     * @throws UnusableInputException when the data set has no such class, or one of several has no training image
     */
    public static LearnedClasses of(String word, TrainingPart training, boolean conditional) {
        List<String> all = training.classes();
        if (all.contains(word) || (!word.contains(COMMA) && !word.equals(ALL))) {
            return new LearnedClasses(List.of(word), conditional);
        }
        List<String> wanted = word.equals(ALL)
                ? all
                : Arrays.stream(word.split(COMMA, -1)).map(String::strip).toList();
        LearnedClasses named = new LearnedClasses(wanted, conditional);
        for (String name : named.names) {
            if (training.ofClass(name).size() == 0) {
                throw new UnusableInputException(training.dataset().folder() + " has no training image of class '"
                        + name + "' to learn; leave the class out, or prepare the data set again");
            }
        }
        return new LearnedClasses(all.stream().filter(wanted::contains).toList(), conditional);
    }

    /** {@return what all of them are called together: {@code benign,malignant}} */
    public String name() {
        return String.join(COMMA, names);
    }

    /**
     * {@return their images}
     *
     * @param part of a data set with these classes
     */
    public TrainingPart of(TrainingPart part) {
        return part.ofClasses(names);
    }

    /**
     * {@return their images}
     *
     * @param part of a data set with these classes
     */
    public HeldOutPart of(HeldOutPart part) {
        return part.ofClasses(names);
    }

    /**
     * {@return the label that the generator has for an image; 0 where it is not conditional}
     *
     * @param images of these classes
     * @param i index of the image
     */
    public int label(LabelledImages images, int i) {
        return conditional ? index(images, i) : 0;
    }

    /**
     * {@return the place of an image's class among {@link #names}; −1 where it is not learned}
     *
     * @param images of a data set
     * @param i index of the image
     */
    public int index(LabelledImages images, int i) {
        return names.indexOf(images.classes().get(images.label(i)));
    }

    /**
     * {@return how many images have each label}
     *
     * @param images of these classes
     * @param chosen their indices
     */
    public LabelShares shares(LabelledImages images, int... chosen) {
        int[] counts = new int[drawable().size()];
        for (int i : chosen) {
            counts[label(images, i)]++;
        }
        return new LabelShares(Arrays.stream(counts).boxed().toList());
    }

    /** {@return how many images have each label}
     *
     * @param images of these classes
     */
    public LabelShares shares(LabelledImages images) {
        return shares(images, IntStream.range(0, images.size()).toArray());
    }

    /**
     * A class of which images can be drawn.
     *
     * @param name of the class
     * @param label that the generator has for it
     */
    public record Drawable(String name, int label) {}

    /** {@return the classes of which images can be drawn, by label: each where the generator is conditional, else all as one} */
    public List<Drawable> drawable() {
        List<Drawable> drawable = new ArrayList<>();
        List<String> each = conditional ? names : List.of(name());
        each.forEach(name -> drawable.add(new Drawable(name, drawable.size())));
        return drawable;
    }

    /**
     * The class of which images are to be drawn.
     *
     * @param wanted its name; may be left out where there is one alone
     * @return the class
     * @throws IllegalArgumentException when none is named and there are several, or there is none of that name; the message lists those there
     *     are
     */
    public Drawable drawn(Optional<String> wanted) {
        List<Drawable> all = drawable();
        List<String> possible = all.stream().map(Drawable::name).toList();
        if (wanted.isEmpty()) {
            if (all.size() > 1) {
                throw new IllegalArgumentException(
                        "this generator draws images of any of its classes: name one of " + possible);
            }
            return all.get(0);
        }
        return all.stream()
                .filter(each -> each.name().equals(wanted.get()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this generator draws no images of class '"
                        + wanted.get() + "', only of " + possible
                        + (names.size() > possible.size() ? ", which it does not tell apart" : "")));
    }
}
