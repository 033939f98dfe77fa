package org.lesionforge.classifier.recipe;

import java.util.Arrays;
import java.util.Locale;

/** Which epoch's weights are kept. */
public enum Selection {
    /** The last one's, as in the paper. */
    LAST("last"),
    /** Those with the highest ROC AUC of the positive class on the validation part; of equal ones the first. */
    BEST_AUC("best-auc"),
    /** Those with the lowest cross-entropy on the validation part; of equal ones the first. */
    BEST("best-loss");

    private final String word;

    Selection(String word) {
        this.word = word;
    }

    /** {@return the name in options: {@code last}, {@code best-auc}, {@code best-loss}} */
    public String word() {
        return word;
    }

    /** {@return whether a validation part decides} */
    public boolean needsValidation() {
        return this != LAST;
    }

    /**
     * The selection of a name.
     *
     * @param name as {@link #word} gives it or as files have it, in any case: {@code best}, {@code BEST_AUC}
     * @return the selection that is called so
     * @throws IllegalArgumentException when none is called so; the message lists the names there are
     */
    public static Selection of(String name) {
        return Arrays.stream(values())
                .filter(each -> each.name().replace('_', '-').equalsIgnoreCase(name.replace('_', '-'))
                        || each.word.equalsIgnoreCase(name.replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no choice '" + name.toLowerCase(Locale.ROOT)
                        + "' of the epoch; there are last, best-auc and best-loss"));
    }
}
