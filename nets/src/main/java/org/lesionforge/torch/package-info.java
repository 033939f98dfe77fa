/**
 * The only room that handles libtorch's quirks: devices ({@link Compute}), threads, seeds, memory scopes, layers, optimisers, state dicts.
 *
 * <p>Other rooms pass tensors about, but every call with a trap in it (docs/libtorch.md) has a safe name here.
 */
@NullMarked
package org.lesionforge.torch;

import org.jspecify.annotations.NullMarked;
