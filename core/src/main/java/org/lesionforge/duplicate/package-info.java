/**
 * Finds pictures that show the very same photograph, though resized, compressed again, flipped, turned, brightened or cropped a little.
 *
 * <p>Not here: pictures of one lesion taken twice, which only identifiers or a network's features can tell, and what to
 * do with copies.
 */
@NullMarked
package org.lesionforge.duplicate;

import org.jspecify.annotations.NullMarked;
