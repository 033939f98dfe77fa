/**
 * The one JSON dialect of the project, written and read: records bound key by key, and objects of which every key is asked for by name, so
 * that a damaged file is refused with its path, its key and a remedy.
 *
 * <p>Not here: what any file holds; each room has the records of its own files.
 */
package org.lesionforge.io.json;
