/**
 * Benchmarks, not shipped: JMH for pieces that run on one core. Run one with {@code java -cp bench/target/classes:… org.openjdk.jmh.Main
 * Resampler}; docs/guide/library.md shows how to get the class path.
 */
@NullMarked
package org.lesionforge.bench;

import org.jspecify.annotations.NullMarked;
