/**
 * Problems of a data set, found before anything is trained on it: copies, identifiers in two parts, contradictory
 * labels, imbalance, shortcuts, licences.
 *
 * <p>Not here: how copies are found ({@code duplicate}), and checks on the files of a run ({@code experiment}).
 */
@NullMarked
package org.lesionforge.audit;

import org.jspecify.annotations.NullMarked;
