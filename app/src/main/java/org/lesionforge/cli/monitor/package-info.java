/** {@code serve}: the live page. */
@NullMarked
package org.lesionforge.cli.monitor;

import org.jspecify.annotations.NullMarked;
