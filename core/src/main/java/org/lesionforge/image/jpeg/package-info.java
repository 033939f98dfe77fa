/**
 * The codes of a JPEG file from its first to its last, before any decoder sees it: segments, tables, scans and, in them, every
 * coefficient's code, so that a file which ends early or has codes that cannot be is refused instead of being painted grey.
 *
 * <p>Not here: pixels; decoding is in {@code image.file}. Source: ITU-T T.81 (1992), the sections named at each class.
 */
package org.lesionforge.image.jpeg;
