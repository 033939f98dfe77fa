/** What predictions come to: each arm's figures with their uncertainty, and each arm against the first. */
@NullMarked
package org.lesionforge.experiment.statistics;

import org.jspecify.annotations.NullMarked;
