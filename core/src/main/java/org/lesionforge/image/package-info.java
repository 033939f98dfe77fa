/**
 * Pixels without meaning: 8-bit RGB images, decoding, antialiased resampling, PNG with provenance text, contact sheets.
 *
 * <p>Not here: labels, data sets, tensors.
 */
package org.lesionforge.image;
