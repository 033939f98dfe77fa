package org.lesionforge.backbone.zoo;

import org.lesionforge.nn.Layer;

/** A layer that is quicker once it is for inference alone. */
interface Foldable extends Layer {
    /** Multiplies a batch normalisation that follows into the kernel; what is loaded later has no effect, and only inference is right. */
    void fold();

    /** Frees what {@link #fold} made. */
    void unfold();
}
