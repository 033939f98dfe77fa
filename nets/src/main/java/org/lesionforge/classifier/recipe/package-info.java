/**
 * What a recipe of training is made of, piece by piece: transforms of images, mixing of batches, soft labels, schedules, steps of an optimiser, averages of
 * weights. Each piece is a small record with ranges, drawn from seeds alone.
 *
 * <p>Not here: the loop that uses them, and which values make a recipe of a name ({@code classifier}).
 */
@NullMarked
package org.lesionforge.classifier.recipe;

import org.jspecify.annotations.NullMarked;
