package org.lesionforge.data;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The default positive class.
 *
 * @param name of the class
 * @param reason why it was chosen, as text to follow its name
 */
public record PositiveClass(String name, String reason) {
    /** The positive class wherever there is a class of this name. */
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
