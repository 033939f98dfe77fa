/** WGAN-GP: its critic, its options, and what tells that its training fails. The generator is DCGAN's. */
@NullMarked
package org.lesionforge.generator.zoo.wgan;

import org.jspecify.annotations.NullMarked;
