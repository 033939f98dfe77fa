/**
 * What every package needs for input and output: errors that a user can act on, files that are never half-written,
 * JSON, progress.
 *
 * <p>Not here: anything about images, data sets or tensors.
 */
@NullMarked
package org.lesionforge.io;

import org.jspecify.annotations.NullMarked;
