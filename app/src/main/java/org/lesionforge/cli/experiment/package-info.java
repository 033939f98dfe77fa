/** Commands about experiments: {@code experiment}, {@code demo}, {@code report}, {@code compare}. */
@NullMarked
package org.lesionforge.cli.experiment;

import org.jspecify.annotations.NullMarked;
