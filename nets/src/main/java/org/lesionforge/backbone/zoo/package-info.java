/** The list of architectures. Another one is a package beside {@code backbone.inception} and a line here. */
package org.lesionforge.backbone.zoo;
