/**
 * Measures any two sets of images against each other: opens folders, parts of data sets and arrays, brings them through a network (once: features are
 * cached), and hands them to the package {@code metric}.
 *
 * <p>Not here: the formulas ({@code metric}), the network ({@code backbone}), which file holds it ({@code weights}).
 */
@NullMarked
package org.lesionforge.quality;

import org.jspecify.annotations.NullMarked;
