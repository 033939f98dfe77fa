/** Independent readers, which say what a file holds or that it is damaged. */
@NullMarked
package org.lesionforge.bench.fuzz.reference;

import org.jspecify.annotations.NullMarked;
