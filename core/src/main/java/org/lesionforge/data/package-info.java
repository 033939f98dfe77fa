/**
 * A prepared {@link org.lesionforge.data.Dataset}: its images, parts, split and pixel stores; synthetic images, which can join a training
 * part alone. {@code data.source} and {@code data.prepare} make one.
 *
 * <p>Not here: nets, and any way to hand a GAN something other than a training part.
 */
@NullMarked
package org.lesionforge.data;

import org.jspecify.annotations.NullMarked;
