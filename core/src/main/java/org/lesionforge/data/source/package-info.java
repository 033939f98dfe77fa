/**
 * What people bring, listed: class folders, CSV tables of labels, known collections, MedMNIST archives. Each ends as a {@code SourceListing}
 * of images with label, group and part, and of the files that were passed over.
 *
 * <p>Not here: decoding and splitting; that is in {@code data.prepare}.
 */
@NullMarked
package org.lesionforge.data.source;

import org.jspecify.annotations.NullMarked;
