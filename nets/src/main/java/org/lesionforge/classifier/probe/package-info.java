/**
 * The last layer of a network, fitted to features that are computed once: multinomial logistic regression, L2 chosen by cross-validation inside
 * the examples. Pure Java on arrays; the result does not depend on the number of threads.
 *
 * <p>Not here: where features come from ({@code classifier}), and what the layer is worth on images that it was not fitted to ({@code metric}).
 */
@NullMarked
package org.lesionforge.classifier.probe;

import org.jspecify.annotations.NullMarked;
