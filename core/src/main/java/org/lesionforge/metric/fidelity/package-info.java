/**
 * How far one set of feature vectors is from another: Fréchet and kernel distance, Inception Score, precision and recall, density and
 * coverage, spread, memorisation. One class a measure; each names the paper and the code that its numbers are checked against.
 *
 * <p>Not here: networks and images; {@code FeatureExtractor} is all that is known of them.
 */
package org.lesionforge.metric.fidelity;
