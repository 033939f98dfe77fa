/**
 * Generated images in folders: those that {@code gan sample} draws, with the manifest that says from what, and those of other programs.
 */
@NullMarked
package org.lesionforge.data.synthetic;

import org.jspecify.annotations.NullMarked;
