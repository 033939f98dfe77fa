/**
 * The training of a generator of any family on a {@link org.lesionforge.data.TrainingPart}: the loop, its state and checkpoints, its logs, the alarms of
 * all families, and what a training takes.
 *
 * <p>Not here: any way to train on held-out or synthetic images.
 */
@NullMarked
package org.lesionforge.generator.training;

import org.jspecify.annotations.NullMarked;
