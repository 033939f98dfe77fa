/** Measuring generated images: {@code evaluate}. */
@NullMarked
package org.lesionforge.cli.quality;

import org.jspecify.annotations.NullMarked;
