/**
 * Phantom lesions: dermoscopy-like images drawn from a seed, so that every step of the program runs without a download.
 *
 * <p>A lesion's appearance follows from its ABCD scores, which differ between the classes; everything else (skin, pose,
 * light, hair, rulers, noise) is drawn without knowing the class. Arithmetic that could differ between machines is left
 * to {@link java.lang.StrictMath}, so a seed gives the same pixels everywhere.
 *
 * <p>Not here: anything learnt from, or copied from, a photograph.
 */
@NullMarked
package org.lesionforge.phantom;

import org.jspecify.annotations.NullMarked;
