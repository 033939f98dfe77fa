package org.lesionforge.isic;

/** Asks whoever started a fetch. */
@FunctionalInterface
public interface Consent {
    boolean isGiven(String question);
}
