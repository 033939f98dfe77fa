package org.lesionforge.classifier;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;
import org.lesionforge.backbone.Architecture;

/** Some of those that are not small; the small ones are tried by every build. */
@Tag("slow")
@ParameterizedClass
@FieldSource("ALL")
final class OtherNetworksTest extends ClassifierContract {
    // The first three: the others take too long together.
    static final List<Architecture> ALL = ofSize(false).subList(0, 3);
}
