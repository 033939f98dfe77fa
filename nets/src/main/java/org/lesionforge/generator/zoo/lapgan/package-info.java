/** The LAPGAN: a pyramid of generators, each of which adds detail to the image of the one before. */
@NullMarked
package org.lesionforge.generator.zoo.lapgan;

import org.jspecify.annotations.NullMarked;
