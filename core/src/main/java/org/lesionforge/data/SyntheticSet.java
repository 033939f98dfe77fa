package org.lesionforge.data;

/**
 * Generated images of one class. Their identifiers are {@code synthetic-<run>-<index>}; they are resampled to any side.
 */
public non-sealed interface SyntheticSet extends AddedImages {}
