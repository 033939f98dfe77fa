package org.lesionforge.data;

/**
 * A file, or a listed image, that did not become part of the data set.
 *
 * @param path as the source names it
 * @param reason short, for people
 */
public record SkippedFile(String path, String reason) {}
