package org.lesionforge.backbone.zoo;

import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;
import org.lesionforge.backbone.Architecture;

/** All but the large ones. */
@ParameterizedClass
@FieldSource("ALL")
final class BackboneZooTest extends BackboneContract {
    static final List<Architecture> ALL = ofSize(false);
}
