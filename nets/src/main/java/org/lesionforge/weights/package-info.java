/**
 * Pretrained weights: what a file holds, what its network expects of its input, and its checksum.
 *
 * <p>A file's conventions travel with it from here on, so that nobody can combine weights with the wrong ones in silence. Not here:
 * the network itself (package {@code backbone}), the file format (package {@code torch}).
 */
@NullMarked
package org.lesionforge.weights;

import org.jspecify.annotations.NullMarked;
