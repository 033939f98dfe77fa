package org.lesionforge.backbone.zoo;

import org.lesionforge.nn.Layer;

/** A layer that says what it does. */
interface Described extends Layer {
    /** {@return what it does, for people} */
    String does();
}
