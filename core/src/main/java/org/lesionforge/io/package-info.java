/**
 * What every room needs to meet the outside: errors that a person can act on, files that are never half-written, JSON, progress.
 *
 * <p>Not here: anything that knows what an image, a data set or a tensor is.
 */
package org.lesionforge.io;
