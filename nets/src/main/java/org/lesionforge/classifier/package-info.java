/**
 * Backbones as the paper trains its classifier: transforms, the training loop, the trained {@link org.lesionforge.classifier.Classifier} and what it
 * predicts.
 *
 * <p>Not here: the networks themselves ({@code backbone}), what predictions are worth ({@code metric}), and any choice made on a test part.
 */
@NullMarked
package org.lesionforge.classifier;

import org.jspecify.annotations.NullMarked;
