package org.lesionforge.experiment;

import org.lesionforge.inception.Resize;
import org.lesionforge.inception.Tap;
import org.lesionforge.weights.PretrainedWeights;

/**
 * What synthetic images are measured with.
 *
 * @param tap where features are taken
 * @param resize how images reach the network's size
 */
public record MetricNetwork(PretrainedWeights weights, Tap tap, Resize resize) {}
