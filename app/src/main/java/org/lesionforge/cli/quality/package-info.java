/** Measuring generated images: {@code evaluate}. */
package org.lesionforge.cli.quality;
