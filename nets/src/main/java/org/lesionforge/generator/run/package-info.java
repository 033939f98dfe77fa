/**
 * The directory of a generator's training run: its configuration, its snapshots and how they are measured and chosen, and what is drawn from them.
 *
 * <p>Not here: training.
 */
@NullMarked
package org.lesionforge.generator.run;

import org.jspecify.annotations.NullMarked;
