/** The vanilla GAN of fully connected layers, whose discriminator may classify real images too. */
@NullMarked
package org.lesionforge.generator.zoo.mlp;

import org.jspecify.annotations.NullMarked;
