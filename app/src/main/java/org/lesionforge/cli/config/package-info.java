/** Options from a file: {@code --config}, keys and the options that they stand for. */
@NullMarked
package org.lesionforge.cli.config;

import org.jspecify.annotations.NullMarked;
