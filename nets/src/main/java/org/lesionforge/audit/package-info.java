/**
 * What may be wrong with a data set before anything is trained on it: copies, identifiers in two parts, labels that contradict each other,
 * imbalance, shortcuts, licences.
 *
 * <p>Not here: how copies are found ({@code duplicate}), and checks on what a run wrote ({@code experiment}).
 */
@NullMarked
package org.lesionforge.audit;

import org.jspecify.annotations.NullMarked;
