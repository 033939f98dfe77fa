/**
 * The one JSON dialect of the project, written and read: records bound key by key, and objects read by key, so that a
 * damaged file is refused with its path, its key and a remedy.
 *
 * <p>Not here: the content of any file; each package has the records of its own files.
 */
@NullMarked
package org.lesionforge.io.json;

import org.jspecify.annotations.NullMarked;
