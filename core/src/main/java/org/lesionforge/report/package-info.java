/**
 * The tables and figures of an experiment, as text, SVG and one self-contained page, drawn from a run directory's files alone.
 *
 * <p>Not here: training, measuring, and any number that is not in those files or follows from them by counting.
 */
package org.lesionforge.report;
