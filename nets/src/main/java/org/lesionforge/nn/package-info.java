/**
 * What networks are made of, beyond libtorch's own layers.
 *
 * <p>Not here: any network ({@code backbone}, {@code gan}), and libtorch's traps ({@code torch}).
 */
@NullMarked
package org.lesionforge.nn;

import org.jspecify.annotations.NullMarked;
