/**
 * Statistics on plain arrays: bootstrap over groups, tests of paired and of repeated measurements, intervals,
 * adjustment for several tests, and the distributions they need. Each formula names its source.
 *
 * <p>Not here: what is measured.
 */
@NullMarked
package org.lesionforge.metric.statistics;

import org.jspecify.annotations.NullMarked;
