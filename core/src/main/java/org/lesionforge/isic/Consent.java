package org.lesionforge.isic;

/** Asks the user who started a fetch. */
@FunctionalInterface
public interface Consent {
    /**
     * {@return whether the user agrees}
     *
     * @param question with the sizes that matter, as it is shown
     */
    boolean isGiven(String question);
}
