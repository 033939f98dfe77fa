/** Commands about data sets: {@code prepare}, {@code audit}. */
@NullMarked
package org.lesionforge.cli.data;

import org.jspecify.annotations.NullMarked;
