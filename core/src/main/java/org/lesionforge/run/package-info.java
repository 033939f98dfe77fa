/**
 * What a run is made of and what it is called in commands and files, for those who train as for those who read what was trained: so far the
 * {@linkplain org.lesionforge.run.Arm arms} of an experiment.
 *
 * <p>Not here: training, and anything that needs a net.
 */
package org.lesionforge.run;
