/** The DCGAN: its nets, its options and its remedies for small classes. */
@NullMarked
package org.lesionforge.generator.zoo.dcgan;

import org.jspecify.annotations.NullMarked;
