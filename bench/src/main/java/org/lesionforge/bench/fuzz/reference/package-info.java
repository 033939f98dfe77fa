/** Independent readers, which say what a file holds or that it is damaged. */
package org.lesionforge.bench.fuzz.reference;
