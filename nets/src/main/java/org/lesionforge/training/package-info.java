/**
 * What all trainings have in common, whatever they train: when checkpoints are made, the files they are kept in, and the logs that are cut
 * back to them.
 *
 * <p>Not here: nets, images, and what a training's state is made of.
 */
@NullMarked
package org.lesionforge.training;

import org.jspecify.annotations.NullMarked;
