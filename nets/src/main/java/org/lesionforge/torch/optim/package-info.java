/**
 * How parameters are moved along their gradients: the optimisers, which a training that resumes takes up where they stopped, and what leaves out a
 * step that would spoil a net ({@link Refusal}). On a card libtorch's fused operators move all parameters in one call; nothing here waits for one.
 */
@NullMarked
package org.lesionforge.torch.optim;

import org.jspecify.annotations.NullMarked;
