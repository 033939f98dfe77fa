package org.lesionforge.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.Backbone;
import org.lesionforge.backbone.zoo.BackboneZoo;

/** The report, which loads no network, says how many places the last feature map has: as many as the network that is built. */
final class EvidenceMapTest {
    @Test
    void itsSideIsTheNetworks() {
        Architecture architecture = BackboneZoo.STANDARD.first();
        Backbone net = architecture.classifier(2).build();
        for (int side = architecture.smallestSide(); side <= 400; side++) {
            assertEquals(
                    net.summary(side).row(architecture.deepest().name()).side(),
                    EvidenceSection.featureMap(side),
                    "side " + side);
        }
        net.close();
    }
}
