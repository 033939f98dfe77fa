/**
 * Image files of every format that is read, and PNG as it is written: formats by their first bytes, decoding within
 * limits, embedded texts, marks of generators, animated PNG.
 *
 * <p>Not here: operations on pixels, which are in {@code image}.
 */
@NullMarked
package org.lesionforge.image.file;

import org.jspecify.annotations.NullMarked;
