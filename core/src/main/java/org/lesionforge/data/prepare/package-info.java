/**
 * From a listing of source images to a data set on disk: selection, decoding on all cores, groups and split, tables and
 * pixel stores. {@code Preparation} runs all steps.
 *
 * <p>Not here: reading a data set, which is in {@code data.Dataset}.
 */
@NullMarked
package org.lesionforge.data.prepare;

import org.jspecify.annotations.NullMarked;
