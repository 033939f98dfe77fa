/**
 * Measures in plain Java on arrays: classification, image quality, statistics.
 *
 * <p>Not here: tensors, files, and where the numbers come from. Each formula names its source.
 */
@NullMarked
package org.lesionforge.metric;

import org.jspecify.annotations.NullMarked;
