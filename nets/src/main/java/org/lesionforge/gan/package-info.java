/**
 * The DCGAN: nets, training on a {@link org.lesionforge.data.TrainingPart}, snapshots and how they are judged, sampling.
 *
 * <p>Not here: what is done with the images, and any way to train on held-out or synthetic ones.
 */
@NullMarked
package org.lesionforge.gan;

import org.jspecify.annotations.NullMarked;
