/** The list of architectures. One file a family, or a package where it needs more, and a line here. */
@NullMarked
package org.lesionforge.backbone.zoo;

import org.jspecify.annotations.NullMarked;
