/**
 * What the nets of adversarial families are made of: what a generator and a discriminator are, their normalisations, stages that double and
 * halve a side, initial weights.
 *
 * <p>Not here: nets of a family, and how nets learn.
 */
@NullMarked
package org.lesionforge.generator.adversarial.net;

import org.jspecify.annotations.NullMarked;
