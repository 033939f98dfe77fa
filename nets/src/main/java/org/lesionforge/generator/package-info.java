/**
 * What generators of images have in common: a family ({@link org.lesionforge.generator.ModelFamily}) with its options, a model while it is trained
 * ({@link org.lesionforge.generator.GenerativeModel}), what draws images from it ({@link org.lesionforge.generator.Sampler}).
 *
 * <p>Not here: any family, files of runs, and the training loop.
 */
@NullMarked
package org.lesionforge.generator;

import org.jspecify.annotations.NullMarked;
