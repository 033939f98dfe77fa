/**
 * How images reach what computes: read ahead on a thread of its own, or resident on a card; and how many at once its memory holds.
 *
 * <p>Not here: what is done with the images there, which transforms, normalisations and networks know.
 */
@NullMarked
package org.lesionforge.feed;

import org.jspecify.annotations.NullMarked;
