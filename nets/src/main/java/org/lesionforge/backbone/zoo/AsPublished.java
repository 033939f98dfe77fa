package org.lesionforge.backbone.zoo;

import org.lesionforge.backbone.Variant;

/** Of architectures that have one variant. */
enum AsPublished implements Variant {
    /** The only one. */
    AS_PUBLISHED;

    @Override
    public String text() {
        return "as published";
    }
}
