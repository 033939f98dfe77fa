/** What several commands share: options, exit codes, words and paths, progress on the console, interruption. */
@NullMarked
package org.lesionforge.cli.common;

import org.jspecify.annotations.NullMarked;
