package org.lesionforge.quality;

import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.weights.PretrainedWeights;

/**
 * What synthetic images are measured with.
 *
 * @param weights of the network
 * @param layer where features are taken
 * @param resize how images reach the network's size
 */
public record MetricNetwork(PretrainedWeights weights, FeatureLayer layer, Resize resize) {}
