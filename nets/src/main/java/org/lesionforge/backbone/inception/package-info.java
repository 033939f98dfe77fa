/** Inception V3, once, in its three variants. Only {@code backbone.zoo} and what measures its speed name it. */
package org.lesionforge.backbone.inception;
