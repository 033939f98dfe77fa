/** Commands about the ISIC archive: {@code isic}. */
@NullMarked
package org.lesionforge.cli.isic;

import org.jspecify.annotations.NullMarked;
