/** What a machine needs: {@code doctor}, {@code weights}, {@code completion}. */
@NullMarked
package org.lesionforge.cli.setup;

import org.jspecify.annotations.NullMarked;
