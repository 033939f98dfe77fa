package org.lesionforge.data;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The class looked for where none is named.
 *
 * @param name of the class
 * @param reason why it is this one, in words that follow its name
 */
public record PositiveClass(String name, String reason) {
    /** Looked for wherever there is a class of this name. */
    private static final String USUAL = "malignant";

    /**
     * {@return {@code malignant} where there is a class of that name, else the class with the fewest images of all
     * parts together, so that another division of the same images looks for the same class; of equally scarce ones the
     * first in the alphabet}
     *
     * @param dataset with two classes or more
     */
    public static PositiveClass of(Dataset dataset) {
        if (dataset.classes().contains(USUAL)) {
            return new PositiveClass(USUAL, "unless --positive names another");
        }
        Map<String, Integer> images = new TreeMap<>();
        dataset.counts()
                .values()
                .forEach(part -> part.forEach((name, count) -> images.merge(name, count, Integer::sum)));
        int fewest = Collections.min(images.values());
        images.values().removeIf(count -> count > fewest);
        String scarcest = images.keySet().iterator().next();
        String tie = images.size() == 1
                ? ""
                : "; " + images.keySet() + " are equally scarce, and this one is first in the alphabet";
        return new PositiveClass(
                scarcest, "the scarcest class, " + fewest + " images" + tie + "; --positive names another");
    }
}
