/**
 * Files for other programs: an arm's images as folders that PyTorch reads, a run's logs as TensorBoard reads them. Reads
 * runs by their files alone, and trains nothing.
 */
@NullMarked
package org.lesionforge.export;

import org.jspecify.annotations.NullMarked;
