/**
 * What becomes of damaged files: sound ones of every kind that the program reads are changed at random, from a seed, and what the program makes of each is
 * compared with what an independent reader says. {@code docs/reliability.md} explains how it is run and what it found.
 */
@NullMarked
package org.lesionforge.bench.fuzz;

import org.jspecify.annotations.NullMarked;
