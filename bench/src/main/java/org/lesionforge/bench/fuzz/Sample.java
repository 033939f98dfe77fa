package org.lesionforge.bench.fuzz;

/**
 * A sound file.
 *
 * @param name of the file, where it matters to the program
 */
record Sample(String name, byte[] bytes) {}
