package org.lesionforge.isic;

/** Asks the user who started a fetch. */
@FunctionalInterface
public interface Consent {
    boolean isGiven(String question);
}
