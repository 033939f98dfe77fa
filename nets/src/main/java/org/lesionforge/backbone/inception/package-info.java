/** Inception V3, once, in its three variants. Only {@code backbone.zoo} and what measures its speed name it. */
@NullMarked
package org.lesionforge.backbone.inception;

import org.jspecify.annotations.NullMarked;
