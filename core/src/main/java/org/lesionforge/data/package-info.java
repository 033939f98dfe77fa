/**
 * A prepared {@link org.lesionforge.data.Dataset}: its images, parts, split and pixel stores; synthetic images, which
 * can be added to a training part only. It is made by {@code data.source} and {@code data.prepare}.
 *
 * <p>Not here: nets, and any way to train a GAN on anything but a training part.
 */
@NullMarked
package org.lesionforge.data;

import org.jspecify.annotations.NullMarked;
