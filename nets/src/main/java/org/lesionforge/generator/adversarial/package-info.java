/**
 * What families are made of whose generator learns from a discriminator: losses, penalties and augmentation without memory, normalisations, the
 * average of the weights, and the model that puts them together.
 *
 * <p>Not here: nets of a family.
 */
@NullMarked
package org.lesionforge.generator.adversarial;

import org.jspecify.annotations.NullMarked;
