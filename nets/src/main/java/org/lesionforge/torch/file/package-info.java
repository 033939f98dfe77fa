/**
 * Files of tensors: safetensors, and {@code .pth} in its two forms through an unpickler that runs nothing. Every offset, shape and number
 * is checked before a tensor is made of it.
 *
 * <p>Not here: which network a file belongs to; that is in {@code weights}.
 */
@NullMarked
package org.lesionforge.torch.file;

import org.jspecify.annotations.NullMarked;
