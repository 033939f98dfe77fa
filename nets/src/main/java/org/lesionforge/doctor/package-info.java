/**
 * Whether this machine can run the program: what is there, what is not, and what to do about it. Native libraries are loaded in
 * processes of their own alone, for a machine on which that crashes needs a report too. Not here: whether a data set is sound ({@code audit}).
 */
@NullMarked
package org.lesionforge.doctor;

import org.jspecify.annotations.NullMarked;
