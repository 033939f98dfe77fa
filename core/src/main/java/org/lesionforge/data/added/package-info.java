/**
 * What is done to images on their way into a training part: sets are joined, classes shuffled, and generated images taken through what the
 * photographs went through.
 */
@NullMarked
package org.lesionforge.data.added;

import org.jspecify.annotations.NullMarked;
