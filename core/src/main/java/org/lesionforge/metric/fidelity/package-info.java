/**
 * How far one set of feature vectors is from another: Fréchet and kernel distance, Inception Score, precision and
 * recall, density and coverage, spread, memorisation. One class per measure; each names the paper and the code that its
 * numbers are checked against.
 *
 * <p>Not here: networks and images; {@code FeatureExtractor} is the only link to them.
 */
@NullMarked
package org.lesionforge.metric.fidelity;

import org.jspecify.annotations.NullMarked;
