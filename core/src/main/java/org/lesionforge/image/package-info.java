/**
 * Pixels: 8-bit RGB images, antialiased resampling, similarity, contact sheets.
 *
 * <p>Not here: labels, data sets, tensors.
 */
package org.lesionforge.image;
