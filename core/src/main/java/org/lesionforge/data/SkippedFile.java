package org.lesionforge.data;

/**
 * A file, or a listed image, that did not become part of the data set.
 *
 * @param path in the source
 * @param reason short, for people
 */
public record SkippedFile(String path, String reason) {}
