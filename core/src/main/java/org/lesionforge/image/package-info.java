/**
 * Pixels: 8-bit RGB images, antialiased resampling, similarity, contact sheets.
 *
 * <p>Not here: labels, data sets, tensors.
 */
@NullMarked
package org.lesionforge.image;

import org.jspecify.annotations.NullMarked;
