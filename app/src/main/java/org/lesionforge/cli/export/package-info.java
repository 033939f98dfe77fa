/** {@code export}: files for other programs. */
@NullMarked
package org.lesionforge.cli.export;

import org.jspecify.annotations.NullMarked;
