/**
 * The ISIC Archive (<a href="https://www.isic-archive.com">isic-archive.com</a>): searching it and fetching images with their metadata and
 * licences into a folder that {@code prepare} reads.
 *
 * <p>A fetch holds a page of the listing and a few images at a time, however many there are, and its folder is its
 * state: a second run fetches only what is missing. Not here: accounts and private images, uploading, any use of the
 * images.
 */
@NullMarked
package org.lesionforge.isic;

import org.jspecify.annotations.NullMarked;
