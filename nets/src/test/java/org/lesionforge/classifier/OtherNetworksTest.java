package org.lesionforge.classifier;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;
import org.lesionforge.backbone.Architecture;

/** All but the small ones, which every build tries. */
@Tag("slow")
@ParameterizedClass
@FieldSource("ALL")
final class OtherNetworksTest extends ClassifierContract {
    static final List<Architecture> ALL = ofSize(false);
}
