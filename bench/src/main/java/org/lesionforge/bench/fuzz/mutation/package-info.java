/** Ways to damage a file: bytes, text, JSON, chunks of a PNG, entries of a zip. */
@NullMarked
package org.lesionforge.bench.fuzz.mutation;

import org.jspecify.annotations.NullMarked;
