/**
 * The arms of an experiment as words: {@linkplain org.lesionforge.run.arm.ArmSource what} is added to the training part,
 * {@linkplain org.lesionforge.run.arm.Amount how much} of it, and what else is done. Commands, files and folders call them so.
 */
@NullMarked
package org.lesionforge.run.arm;

import org.jspecify.annotations.NullMarked;
