/**
 * What the arms of an experiment do to the training part: how many images are added to which class, and which of those that a generator has
 * drawn or another program brings may be.
 *
 * <p>Not here: the grammar of arms ({@code run.arm}), and how what they come to is trained.
 */
@NullMarked
package org.lesionforge.experiment.arm;

import org.jspecify.annotations.NullMarked;
