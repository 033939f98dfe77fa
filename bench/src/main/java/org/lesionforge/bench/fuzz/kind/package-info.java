/** What is damaged: a kind of file, whole samples of it, how the program reads it, and what it should have said. */
@NullMarked
package org.lesionforge.bench.fuzz.kind;

import org.jspecify.annotations.NullMarked;
