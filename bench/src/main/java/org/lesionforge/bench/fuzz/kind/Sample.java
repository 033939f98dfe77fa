package org.lesionforge.bench.fuzz.kind;

/**
 * A sound file.
 *
 * @param name of the file, where it matters to the program
 */
public record Sample(String name, byte[] bytes) {}
