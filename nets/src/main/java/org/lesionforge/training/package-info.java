/**
 * What all trainings have in common, whatever they train: when checkpoints are made, the files they are kept in, and the logs that are cut
 * back to them; in which order images are taken, how the learning rate changes, and the running average of weights.
 *
 * <p>Not here: nets, images, and what a training's state is made of. Two things have one name and are not the same. An epoch's last batch: a
 * generator leaves out what does not fill it, a classifier takes it. The best epoch: a classifier keeps the weights of the one with the lowest
 * cost while it is trained; of a generator's snapshots, which are files, the latest of those that intervals do not tell apart is chosen after
 * the training, and alarms speak against some.
 */
@NullMarked
package org.lesionforge.training;

import org.jspecify.annotations.NullMarked;
