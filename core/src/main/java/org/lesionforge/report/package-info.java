/**
 * What a run directory's files say about an experiment: numbers, sentences and the paper's tables as text. Charts are in {@code figure}, the
 * HTML page in {@code page}.
 *
 * <p>Not here: training, measuring, and any number that is not in those files or follows from them by counting.
 */
@NullMarked
package org.lesionforge.report;

import org.jspecify.annotations.NullMarked;
