/**
 * Inception V3 as the paper trains it: transforms, the training loop, the trained {@link org.lesionforge.classifier.Classifier} and what it
 * predicts.
 *
 * <p>Not here: the network itself ({@code inception}), what predictions are worth ({@code metric}), and any choice made on a test part.
 */
package org.lesionforge.classifier;
