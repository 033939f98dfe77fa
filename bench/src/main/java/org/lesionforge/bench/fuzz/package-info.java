/**
 * Fuzzing of the readers: sound files of every kind that the program reads are changed at random, from a seed, and the
 * program's reading of each is compared with that of an independent reader. {@code docs/reliability.md} explains how to
 * run it and lists its findings.
 */
@NullMarked
package org.lesionforge.bench.fuzz;

import org.jspecify.annotations.NullMarked;
