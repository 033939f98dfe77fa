/** Measuring this machine: {@code bench}. */
@NullMarked
package org.lesionforge.cli.bench;

import org.jspecify.annotations.NullMarked;
