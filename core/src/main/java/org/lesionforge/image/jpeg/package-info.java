/**
 * Checks all codes of a JPEG file before it is decoded: segments, tables, scans and every coefficient's code, so that a
 * file which ends early or has invalid codes is refused instead of being filled with grey.
 *
 * <p>Not here: pixels; decoding is in {@code image.file}. Source: ITU-T T.81 (1992); each class names its sections.
 */
@NullMarked
package org.lesionforge.image.jpeg;

import org.jspecify.annotations.NullMarked;
