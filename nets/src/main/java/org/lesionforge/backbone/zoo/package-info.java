/** The list of architectures. Another one is a package beside {@code backbone.inception} and a line here. */
@NullMarked
package org.lesionforge.backbone.zoo;

import org.jspecify.annotations.NullMarked;
