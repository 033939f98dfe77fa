/**
 * What a run is made of and what it is called in commands and files, for those who train as for those who read what was trained: the
 * {@linkplain org.lesionforge.run.arm.Arm arms} of an experiment, its {@linkplain org.lesionforge.run.Trial trials}, which file of its folder is
 * {@linkplain org.lesionforge.run.RunLayout where}, and what it holds, such as {@linkplain org.lesionforge.run.Results results}.
 *
 * <p>Not here: training, and anything that needs a net.
 */
@NullMarked
package org.lesionforge.run;

import org.jspecify.annotations.NullMarked;
