/**
 * What a user names as one side of a comparison ({@link org.lesionforge.quality.source.Source}): a folder of images, a part of a data set, an array,
 * features or their statistics that are brought along; and the files in which features are taken elsewhere.
 *
 * <p>Not here: what is measured of them.
 */
@NullMarked
package org.lesionforge.quality.source;

import org.jspecify.annotations.NullMarked;
