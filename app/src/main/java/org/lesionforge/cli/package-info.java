/** The program {@code lesionforge}: one small class per command, which parses, calls the library and prints. No logic. */
@NullMarked
package org.lesionforge.cli;

import org.jspecify.annotations.NullMarked;
