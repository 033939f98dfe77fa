/**
 * Image files of every kind that is read, and PNG as it is written: what a file is by its first bytes, decoding with its bounds, texts
 * inside, marks that generators leave, animated PNG.
 *
 * <p>Not here: what is done with pixels; that is in {@code image}.
 */
package org.lesionforge.image.file;
