/**
 * Inception V3, once, in its three variants, and the feature vectors taken from it.
 *
 * <p>Not here: which weight files exist (package {@code weights}), training (package {@code classifier}), distances (package
 * {@code metric}).
 */
package org.lesionforge.inception;
