package org.lesionforge.backbone.zoo;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;
import org.lesionforge.backbone.Architecture;

/** What those whose weights take seconds to draw, to write and to read promise as the others do; their logits are in {@link GoldenNetsTest}. */
@Tag("slow")
@ParameterizedClass
@FieldSource("ALL")
final class LargeBackbonesTest extends BackboneContract {
    static final List<Architecture> ALL = ofSize(true);
}
