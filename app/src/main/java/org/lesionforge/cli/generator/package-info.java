/** Commands about generators: {@code gan}. */
@NullMarked
package org.lesionforge.cli.generator;

import org.jspecify.annotations.NullMarked;
