/**
 * The whole experiment: arms that differ in one thing, trained alike, tested on the same real images, compared, and the proof that nothing
 * leaked. The run directory is the state.
 *
 * <p>Not here: how nets are trained ({@code gan}, {@code classifier}) and how results are drawn ({@code report}).
 */
@NullMarked
package org.lesionforge.experiment;

import org.jspecify.annotations.NullMarked;
