/**
 * Lists the sources of users: class folders, CSV tables of labels, known collections, MedMNIST archives. Each becomes a
 * {@code SourceListing} of images with label, group and part, and of skipped files.
 *
 * <p>Not here: decoding and splitting, which are in {@code data.prepare}.
 */
@NullMarked
package org.lesionforge.data.source;

import org.jspecify.annotations.NullMarked;
