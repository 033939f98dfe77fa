package org.lesionforge.classifier;

import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;
import org.lesionforge.backbone.Architecture;

/** Those that take moments. */
@ParameterizedClass
@FieldSource("ALL")
final class SmallNetworksTest extends ClassifierContract {
    static final List<Architecture> ALL = ofSize(true);
}
