/**
 * From a listing of source images to a data set on disk: which are wanted, decoding on all cores, groups and the split, the tables and pixel
 * stores. {@code Preparation} is the way through.
 *
 * <p>Not here: reading a data set; that is {@code data.Dataset}.
 */
@NullMarked
package org.lesionforge.data.prepare;

import org.jspecify.annotations.NullMarked;
