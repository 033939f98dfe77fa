/**
 * From files to a prepared {@link org.lesionforge.data.Dataset}: sources, grouping, the split, the pixel stores, and the phantoms.
 *
 * <p>Not here: nets, and any way to hand a GAN something other than a training part.
 */
package org.lesionforge.data;
