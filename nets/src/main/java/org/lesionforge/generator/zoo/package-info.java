/**
 * The families of generators, and their list ({@link org.lesionforge.generator.zoo.GeneratorZoo}).
 *
 * <p>Not here: anything that asks which family it has before it.
 */
@NullMarked
package org.lesionforge.generator.zoo;

import org.jspecify.annotations.NullMarked;
