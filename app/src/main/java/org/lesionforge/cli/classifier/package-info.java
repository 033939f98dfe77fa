/** Commands about classifiers: {@code classify}. */
@NullMarked
package org.lesionforge.cli.classifier;

import org.jspecify.annotations.NullMarked;
